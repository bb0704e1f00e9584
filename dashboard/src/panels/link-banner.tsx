// In: the state of the link. Out: a banner over the charts whenever the market does not run.
// It lies over the plots and moves nothing.
import { useDesk } from '../desk-context.ts';
import { sentence, wordsOf } from '../model/phase-words.ts';
import css from './link-banner.module.css';

export function LinkBanner() {
  const link = useDesk((desk) => desk.link);
  const { word, weight } = wordsOf(link.phase);
  return (
    <>
      <span className="visually-hidden" role="status" aria-live="assertive">
        {word}
      </span>
      {weight !== 'alive' && (
        <div className={`${css.banner} ${css[weight]}`}>
          <b>{word}</b>
          <span>{sentence(link)}</span>
        </div>
      )}
    </>
  );
}
