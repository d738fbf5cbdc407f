// The report before it is printed: its bar, which scenarios stand in it, who answers for it, its bundle, and the pages.
import { useEffect, useRef, useState } from 'react';
import { Checkbox, Input, Label, TextField } from 'react-aria-components';
import { PaperBar } from '../app/PaperBar.tsx';
import { askReport } from '../api/reports.ts';
import { useSession } from '../api/session.ts';
import type { Question } from '../api/execution.ts';
import { useWords } from '../i18n/words.ts';
import { fileName } from '../map/export.ts';
import { useUi } from '../state/ui.ts';
import { Button } from '../ui/Button.tsx';
import { bytesOf, saveFile } from '../ui/saveFile.ts';
import { draft, mostOptions, useChangesOf, useChoices, useReport, useReportQuestion, type Choice } from './ask.ts';
import { ReportSheet } from './ReportSheet.tsx';

export function ReportPaper() {
  const words = useWords();
  const { say } = words;
  const choices = useChoices();
  const [picked, setPicked] = useState<string[]>();
  // The scenario of the workspace stands first; without one, the first that is kept.
  const ids = picked ?? choices.slice(0, 1).map((c) => c.id);
  const all = choices.filter((c) => ids.includes(c.id));
  const chosen = [...all.filter((c) => c.id !== draft), ...all.filter((c) => c.id === draft)];
  const question = useReportQuestion(chosen);
  const { report, error } = useReport(question);
  const changes = useChangesOf(chosen);
  const { data: session } = useSession();
  const [typed, setTyped] = useState<string>();
  const [author, setAuthor] = useState<string>();
  const title = typed ?? say('report.title', { titles: words.list(chosen.map((c) => c.title)) });
  const by = author ?? (session?.signedIn ? session.name : undefined) ?? '';
  const [pages, setPages] = useState(0);
  const [drawn, setDrawn] = useState(false);
  const sheet = useRef<HTMLDivElement>(null);
  const set = useUi((u) => u.set);
  useEffect(() => {
    set({ report });
    return () => set({ report: undefined });
  }, [report, set]);
  const trouble = error && (error.message || say('state.unreachable'));
  return (
    <>
      <PaperBar sheet={sheet} title={title} setTitle={setTyped} ready={report !== undefined && pages > 0 && drawn} failed={choices.length ? trouble : say('report.none')} done={say('report.ready', { n: pages })} />
      <div className="print-bar report-bar">
        <TextField className="field" value={by} onChange={setAuthor} maxLength={200}><Label>{say('report.author')}</Label><Input className="input" dir="auto" /></TextField>
        <Choices choices={choices} ids={ids} choose={setPicked} />
        <Bundle question={question && { ...question, title, author: by }} title={title} ready={report !== undefined} />
      </div>
      <div className="print-desk">
        {report && changes?.length === report.options.length ? (
          <ReportSheet key={report.options.map((o) => o.title).join()} sheet={sheet} title={title} author={by} report={report} changes={changes} laid={setPages} drawn={setDrawn} />
        ) : !error && chosen.length > 0 && <div className="skeleton" role="status" aria-label={say('state.loading')}><i /><i /><i /></div>}
      </div>
    </>
  );
}

function Choices({ choices, ids, choose }: { choices: Choice[]; ids: string[]; choose(ids: string[]): void }) {
  const { say } = useWords();
  const toggle = (id: string, on: boolean) => choose(on ? [...ids, id] : ids.filter((i) => i !== id));
  return (
    <fieldset className="report-choices">
      <legend>{say('report.beside')}</legend>
      {choices.map((c) => (
        <Checkbox key={c.id} className="check" isSelected={ids.includes(c.id)} isDisabled={ids.includes(c.id) ? ids.length === 1 : ids.length >= mostOptions} onChange={(on) => toggle(c.id, on)}><i /><bdi>{c.title}</bdi></Checkbox>
      ))}
    </fieldset>
  );
}

/** The same question once more, with the words of the cover: the answer goes into a file. */
function Bundle({ question, title, ready }: { question: Question | undefined; title: string; ready: boolean }) {
  const { say } = useWords();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const save = () => {
    if (!question) return;
    setBusy(true);
    setProblem(undefined);
    askReport(question, new AbortController().signal)
      .then(({ bundle, cover }) => saveFile([fileName(title).replace(/\.png$/, ''), ...(cover.marking === 'unclassified' ? [] : [cover.marking])].join('-') + '.zip', 'application/zip', bytesOf(bundle)))
      .catch((e: Error) => setProblem(e.message || say('state.unreachable')))
      .finally(() => setBusy(false));
  };
  return (
    <>
      <Button icon="download" isDisabled={!ready || busy} onPress={save}>{say('report.bundle')}</Button>
      {problem && <p className="state bad" role="alert">{problem}</p>}
    </>
  );
}
