// The page: where every panel stands. All of it fits one screen from 1280×720 up.
import css from './app.module.css';
import { Chart } from './charts/chart.tsx';
import { DetectorLane } from './charts/detector-lane.tsx';
import { RegimeStrip } from './charts/regime-strip.tsx';
import { DEPTH, IMBALANCE, PRICE, RATE, SPREAD, VPIN } from './charts/specs.ts';
import { useDesk } from './desk-context.ts';
import { wordsOf } from './model/phase-words.ts';
import type { Publisher } from './model/publisher.ts';
import { Kpis } from './panels/kpis.tsx';
import { Ladder } from './panels/ladder.tsx';
import { Latency } from './panels/latency.tsx';
import { LinkBanner } from './panels/link-banner.tsx';
import { News } from './panels/news.tsx';
import { PlayedBar } from './panels/played-bar.tsx';
import { RiskPanel } from './panels/risk-panel.tsx';
import { RunPanel } from './panels/run-panel.tsx';
import { Scrubber } from './panels/scrubber.tsx';
import { StormDeck } from './panels/storm-deck.tsx';
import { Tape } from './panels/tape.tsx';
import { TargetPanel } from './panels/target-panel.tsx';
import { TopBar } from './panels/top-bar.tsx';
import { Shell } from './shell.tsx';

export interface AppProps {
  publisher: Publisher;
  follow: (symbol: string) => void;
}

export function App({ publisher, follow }: AppProps) {
  return (
    <Shell publisher={publisher} follow={follow}>
      <Page />
    </Shell>
  );
}

function Page() {
  const isDead = useDesk((desk) => wordsOf(desk.link.phase).weight === 'dead');
  const isBack = useDesk((desk) => desk.sight.isBack);
  return (
    <div className={css.page}>
      <div>
        <TopBar />
        <PlayedBar />
      </div>
      <main className={`${css.main} ${isDead ? css.dead : ''}`}>
        <Kpis />
        <div className={`${css.charts} ${isBack ? css.back : ''}`}>
          <LinkBanner />
          <News />
          <Chart spec={PRICE} className={`${css.wide} ${css.price}`} />
          <div className={css.wide}>
            <RegimeStrip />
            <DetectorLane />
          </div>
          <Chart spec={SPREAD} />
          <Chart spec={DEPTH} />
          <Chart spec={IMBALANCE} />
          <Chart spec={VPIN} />
          <Chart spec={RATE} />
          <Latency />
          <Scrubber />
        </div>
        <div className={css.market}>
          <Ladder />
          <Tape />
        </div>
        <div className={css.deck}>
          <StormDeck />
          <RunPanel />
          <TargetPanel />
          <RiskPanel />
        </div>
      </main>
    </div>
  );
}
