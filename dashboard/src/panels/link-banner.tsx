// In: the state of the link. Out: a banner over the charts whenever the market does not run.
// It lies over the plots and moves nothing.
import { useDesk } from '../desk-context.ts';
import { sentence, wordsOf } from '../model/phase-words.ts';
import { isPlayed } from '../model/played.ts';
import css from './link-banner.module.css';

const OVER = 'The recorded run was stopped here. Go back in it, or open another source.';

export function LinkBanner() {
  const link = useDesk((desk) => desk.link);
  const { word, weight } = wordsOf(link.phase);
  const isOver = useDesk((desk) => desk.link.phase === 'ended' && isPlayed(desk));
  return (
    <>
      <span className="visually-hidden" role="status" aria-live="assertive">
        {word}
      </span>
      {weight !== 'alive' && (
        <div className={`${css.banner} ${css[weight]}`}>
          <b>{word}</b>
          <span>{isOver ? OVER : sentence(link)}</span>
        </div>
      )}
    </>
  );
}
