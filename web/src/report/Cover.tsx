// The cover: what the report is of, who answers for it, of which data, and who may read it.
import { Fragment } from 'react';
import { Mark } from '../ui/Icon.tsx';
import { useLanding } from '../api/queries.ts';
import type { Report } from '../api/reports.ts';
import { useSession } from '../api/session.ts';
import { useMarking } from '../app/marking.ts';
import { useWorld } from '../app/world.ts';
import { useWords } from '../i18n/words.ts';
import { basesOf } from './figures.ts';
import { optionTitle } from './text.ts';

export function Cover({ title, author, report }: { title: string; author: string; report: Report }) {
  const words = useWords();
  const { say, count, code } = words;
  const { missions, mission } = useWorld();
  const { data } = useLanding();
  const { data: session } = useSession();
  const marking = useMarking();
  const { cover, options } = report;
  const readers = session?.missions ? say('report.readersOf', { marking: code('classification', marking), missions: words.list(session.missions) }) : say('report.readers', { marking: code('classification', marking) });
  return (
    <div className="report-cover" data-testid="report-cover">
      <p className="sheet-kicker"><Mark />{[data?.title ?? 'Bivouac', say('report.kind')].join(' · ')}</p>
      <h1 dir="auto">{title}</h1>
      <dl>
        <dt>{say('report.mission')}</dt><dd>{missions.find((m) => m.code === mission)?.name ?? say('mission.all')}</dd>
        <dt>{say('report.options')}</dt>
        <dd>
          <ul>
            {options.map((o) => (
              <Fragment key={o.letter}>
                <li data-letter={o.letter}><Letter letter={o.letter} /> <b dir="auto">{optionTitle(words, o)}</b> <span>{say('report.baseCount', { n: basesOf(o).length })}</span></li>
              </Fragment>
            ))}
          </ul>
        </dd>
        <dt>{say('report.author')}</dt>{author ? <dd dir="auto">{author}</dd> : <dd className="blank" />}
        <dt>{say('report.date')}</dt><dd>{words.day(new Date().toISOString().slice(0, 10))}</dd>
        <dt>{say('report.data')}</dt><dd data-testid="report-version">{say('status.version', { n: count(cover.version) })}{cover.at && `, ${words.moment(Date.parse(cover.at), true)}`}</dd>
        <dt>{say('report.mayRead')}</dt><dd>{readers}</dd>
        <dt>{say('report.made')}</dt><dd><bdi>Bivouac {cover.program}</bdi></dd>
      </dl>
      <p className="note">{say('report.bundleNote')}</p>
    </div>
  );
}

/** The letter of a scenario in its disc; a square is the base line. */
export function Letter({ letter }: { letter: string }) {
  return letter === 'base' ? <i className="report-letter" data-base="" aria-hidden="true" /> : <i className="report-letter" data-letter={letter}>{letter}</i>;
}
