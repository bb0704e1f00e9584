// In: Risk frames. Out: the state of each target's gate, why it latched, what it judged.
// Without a heartbeat it is unknown: a gate is never shown armed on old news.
import { enumName, type RiskFrame, RiskGuard, RiskState } from '@wavetank/abi';
import type { ReactNode } from 'react';
import { useDesk } from '../desk-context.ts';
import { countText, moneyText, signedCount } from '../model/format.ts';
import { canCommand } from '../model/phase-words.ts';
import { Panel } from './panel.tsx';
import css from './risk-panel.module.css';

export function RiskPanel() {
  const risks = useDesk((desk) => [...desk.risks.values()]);
  const isFresh = useDesk((desk) => canCommand(desk.link.phase));
  // Of several gates the head says the worst, and each its own.
  const worst = risks.find(({ state }) => state !== RiskState.Armed) ?? risks[0];
  return (
    <Panel title="Risk gate" aside={<State risk={worst} isFresh={isFresh} />}>
      {risks.length === 0 && <p className={css.quiet}>No target has asked the gate yet.</p>}
      {risks.map((risk) => (
        <Gate key={risk.target} risk={risk}>
          {risks.length > 1 && <State risk={risk} isFresh={isFresh} />}
        </Gate>
      ))}
    </Panel>
  );
}

function State({ risk, isFresh }: { risk: RiskFrame | undefined; isFresh: boolean }) {
  if (risk === undefined || !isFresh) return 'unknown';
  const isArmed = risk.state === RiskState.Armed;
  return (
    <span role="status" className={`${css.state} ${isArmed ? css.armed : css.latched}`}>
      {enumName(RiskState, risk.state) ?? 'unknown'}
      {!isArmed && guardWords(risk.guard)}
    </span>
  );
}

/** Which guard tripped; that a person pulled it is what `killed` says. */
function guardWords(guard: number): string {
  const name = enumName(RiskGuard, guard);
  if (name === undefined || guard === RiskGuard.None || guard === RiskGuard.Kill) return '';
  return `: ${name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ')}`;
}

function Gate({ risk, children }: { risk: RiskFrame; children: ReactNode }) {
  return (
    <p className={css.row}>
      <span>
        {risk.target === '' ? 'target' : risk.target} {children}
      </span>
      <span>P&amp;L {moneyText(risk.pnl / 10_000, '')}</span>
      <span className={css.quiet}>position {signedCount(risk.position)}</span>
      <span className={css.quiet}>
        {countText(risk.refused)} of {countText(risk.checks)} refused
      </span>
    </p>
  );
}
