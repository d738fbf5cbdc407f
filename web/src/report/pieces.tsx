// What follows the maps, piece by piece: each base, the changes with their days, all numbers, assumptions, methods, and what to read with care.
import type { ReactNode } from 'react';
import type { Envelope } from '../api/envelope.ts';
import { effectsIn } from '../api/footprints.ts';
import type { Report, ReportOption } from '../api/reports.ts';
import type { Process } from '../api/shapes.ts';
import type { Words } from '../i18n/words.ts';
import type { BaseRow } from '../planning/figures.ts';
import { Letter } from './Cover.tsx';
import { FactorSection } from './FactorPlot.tsx';
import { basesOf, type Line } from './figures.ts';
import { ownPageFrom } from './MapsPage.tsx';
import { BaseHead, BaseLine, ChangeHead, ChangeRow, stackedFrom } from './rows.tsx';
import { optionTitle } from './text.ts';

export interface ReportPiece {
  id: string;
  node: ReactNode;
  /** The table that this is a row of. */
  table?: { id: string; head: ReactNode; label: string; stacked?: boolean };
  /** Stands on the page of what follows. */
  keeps?: boolean;
}

interface Told {
  report: Report;
  lines: Line[];
  rows: BaseRow[][];
  processes: { compare?: Process; medical?: Process };
}

export const piecesOf = (words: Words, told: Told): ReportPiece[] => [
  ...(told.report.options.length >= ownPageFrom ? [{ id: 'factors', node: <FactorSection report={told.report} /> }] : []),
  ...baseSections(words, told), ...changeSections(words, told), ...numberSection(words, told), ...assumptions(words, told), ...methods(words, told), ...care(words, told),
];

const heading = (id: string, text: ReactNode, small?: ReactNode): ReportPiece => ({ id, keeps: true, node: <h2>{text}{small && <small>{small}</small>}</h2> });

const optionHead = (words: Words, o: ReportOption) => <><Letter letter={o.letter} /> <span dir="auto">{optionTitle(words, o)}</span></>;

function baseSections(words: Words, { report, rows }: Told): ReportPiece[] {
  const { say } = words;
  return report.options.flatMap((o, i) => {
    const id = `bases-${o.letter}`;
    const label = `${say('plan.bases')}: ${optionTitle(words, o)}`;
    const table = { id, label, head: <BaseHead words={words} /> };
    return [
      heading(id, <>{say('plan.bases')}: {optionHead(words, o)}</>, say('report.basesNote')),
      ...(rows[i] ?? []).map((row, _, all): ReportPiece => ({ id: `${id}-${row.key}`, table, node: <BaseLine words={words} row={row} rows={all} piece={`${id}-${row.key}`} /> })),
    ];
  });
}

function changeSections(words: Words, { report }: Told): ReportPiece[] {
  const { say, code, day } = words;
  const nameOf = (key: number) => report.options[0] && basesOf(report.options[0]).find((b) => b.key === key)?.name;
  return report.options.slice(1).flatMap((o) => {
    const id = `acts-${o.letter}`;
    const effects = effectsIn(o.evaluation);
    const head = <thead><tr><th scope="col">{say('report.column.n')}</th><th scope="col">{say('report.column.on')}</th><th scope="col">{say('report.column.act')}</th><th scope="col">{say('report.column.effect')}</th></tr></thead>;
    const table = { id, label: `${say('plan.changeList')}: ${optionTitle(words, o)}`, head };
    return [
      heading(id, <>{say('plan.changeList')}: {optionHead(words, o)}</>),
      ...effects.map((e): ReportPiece => ({
        id: `${id}-${e.change}`, table,
        node: (
          <tr data-piece={`${id}-${e.change}`} data-act={e.act}>
            <td>{words.count(e.change)}</td>
            <td>{e.on ? day(e.on.slice(0, 10)) : say('report.atOnce')}</td>
            <th scope="row">{code('act', e.act)} <bdi>{e.name || nameOf(e.key)}</bdi></th>
            <td dir="auto">{e.done ? e.effect_said.map(words.warning).join(' ') : say('report.notDone')}{e.problems_said.length > 0 && <small className="problem">{e.problems_said.map(words.warning).join(' ')}</small>}</td>
          </tr>
        ),
      })),
    ];
  });
}

function numberSection(words: Words, { report, lines }: Told): ReportPiece[] {
  const { say } = words;
  const [base] = report.options;
  if (!base) return [];
  const table = { id: 'numbers', label: say('report.numbers'), head: <ChangeHead words={words} options={report.options} />, stacked: report.options.length >= stackedFrom };
  return [heading('numbers', say('report.numbers')), ...lines.map((l): ReportPiece => ({ id: `number-${l.of.measure}`, table, node: <ChangeRow words={words} line={l} lines={lines} base={base} piece={`number-${l.of.measure}`} /> }))];
}

/** Every input as it was used, with its unit: of the comparison, and of the medical cover of the area. */
function assumptions(words: Words, { report, processes }: Told): ReportPiece[] {
  const { say } = words;
  const [base] = report.options;
  const medical = base?.medical;
  return [
    heading('assumptions', say('report.assumptions'), say('report.assumptionsNote')),
    ...parameterRows(words, 'of-compare', say('report.ofFootprint'), report.comparison.envelope, processes.compare),
    ...(medical ? parameterRows(words, 'of-medical', say('report.ofMedical'), medical.envelope, processes.medical) : []),
  ];
}

/** The changes have a table of their own. */
const toldElsewhere = ['changes', 'scenarios'];

function parameterRows(words: Words, id: string, label: string, envelope: Envelope | undefined, process: Process | undefined): ReportPiece[] {
  const { say } = words;
  const head = <thead><tr><th scope="col">{label}</th><th scope="col">{say('report.column.value')}</th></tr></thead>;
  return Object.entries(envelope?.parameters ?? {}).filter(([name]) => !toldElsewhere.includes(name)).map(([name, value]): ReportPiece => {
    const input = process?.inputs[name];
    const unit = input?.schema['x-unit'];
    return {
      id: `${id}-${name}`, table: { id, head, label },
      node: (
        <tr data-piece={`${id}-${name}`} data-parameter={name}>
          <th scope="row">{words.input({ name, title: input?.title ?? '' })}</th>
          <td><bdi>{parameterText(words, name, value)}</bdi>{typeof unit === 'string' && unit ? ` ${unit}` : ''}</td>
        </tr>
      ),
    };
  });
}

function parameterText({ say, count, code }: Words, name: string, value: unknown): string {
  if (typeof value === 'boolean') return say(value ? 'value.yes' : 'value.no');
  if (typeof value === 'number') return count(value, 3);
  if (Array.isArray(value)) return value.map((v) => (typeof v === 'string' ? code(name, v) : JSON.stringify(v))).join(', ');
  if (typeof value === 'string') return /^[a-z_]+$/.test(value) ? code(name, value) : value;
  return JSON.stringify(value);
}

function methods(words: Words, { report }: Told): ReportPiece[] {
  const { say } = words;
  const medical = report.options[0]?.medical;
  const told = [{ id: 'compare', of: say('report.ofFootprint'), envelope: report.comparison.envelope }, ...(medical ? [{ id: 'medical', of: say('report.ofMedical'), envelope: medical.envelope }] : [])];
  return [
    heading('methods', say('report.methods')),
    ...told.flatMap(({ id, of, envelope }): ReportPiece[] => {
      if (!envelope) return [];
      return [{
        id: `method-${id}`,
        node: (
          <>
            <p><b>{of}.</b> <span dir="auto">{String(envelope.method)}</span></p>
            <p data-testid={`report-rows-${id}`}>{words.rows(envelope)}</p>
          </>
        ),
      }];
    }),
  ];
}

function care({ say, warning }: Words, { report }: Told): ReportPiece[] {
  const warnings = report.envelope?.warnings ?? [];
  if (!warnings.length) return [];
  return [heading('care', say('brief.care')), ...warnings.map((w, i): ReportPiece => ({ id: `care-${i}`, node: <p className="report-warning" dir="auto">{warning(w)}</p> }))];
}
