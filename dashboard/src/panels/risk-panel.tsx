// In: Risk frames. Out: the state of each target's gate, why it latched, what it judged.
// Without a heartbeat it is unknown: a gate is never shown armed on old news.
import { enumName, type RiskFrame, RiskGuard, RiskState } from '@wavetank/abi';
import { useDesk } from '../desk-context.ts';
import { countText, moneyText, signedCount } from '../model/format.ts';
import { canCommand } from '../model/phase-words.ts';
import { Panel } from './panel.tsx';
import css from './risk-panel.module.css';

export function RiskPanel() {
  const risks = useDesk((desk) => [...desk.risks.values()]);
  const isFresh = useDesk((desk) => canCommand(desk.link.phase));
  const first = risks[0];
  return (
    <Panel title="Risk gate" aside={<State risk={first} isFresh={isFresh} />}>
      {first === undefined ? (
        <p className={css.quiet}>No target has asked the gate yet.</p>
      ) : (
        risks.map((risk) => <Gate key={risk.target} risk={risk} />)
      )}
    </Panel>
  );
}

function State({ risk, isFresh }: { risk: RiskFrame | undefined; isFresh: boolean }) {
  if (risk === undefined || !isFresh) return 'unknown';
  const isArmed = risk.state === RiskState.Armed;
  const word = enumName(RiskState, risk.state) ?? 'unknown';
  return (
    <span role="status" className={`${css.state} ${isArmed ? css.armed : css.latched}`}>
      {isArmed ? word : `${word}: ${enumName(RiskGuard, risk.guard)}`}
    </span>
  );
}

function Gate({ risk }: { risk: RiskFrame }) {
  return (
    <p className={css.row}>
      <span>{risk.target === '' ? 'target' : risk.target}</span>
      <span>P&amp;L {moneyText(risk.pnl / 10_000, '')}</span>
      <span className={css.quiet}>position {signedCount(risk.position)}</span>
      <span className={css.quiet}>
        {countText(risk.refused)} of {countText(risk.checks)} refused
      </span>
    </p>
  );
}
