//! The sample files of `data/samples` against the generator that wrote them.

mod samples;

#[test]
fn regenerating_a_sample_gives_the_same_bytes() {
    let name = "synthetic-4";
    let description = samples::description(name);
    let (bytes, totals) = samples::regenerated(&description);
    let kept = std::fs::read(samples::folder().join(name).with_extension("itch50")).unwrap();
    assert_eq!(totals, description["totals"]);
    assert!(
        bytes == kept,
        "{name}.itch50 is not what its description gives"
    );
}
