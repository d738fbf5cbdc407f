// What the server refused of a question about the roads, in its own sentence.
import { useWords } from '../i18n/words.ts';
import { Icon } from '../ui/Icon.tsx';
import { useAnswers, type Answers } from './answers.ts';

export function Trouble({ of }: { of: (keyof Answers)[] }) {
  const { say } = useWords();
  const answers = useAnswers();
  const errors = of.flatMap((name) => answers[name].error ?? []).map((e) => e.message || say('state.unreachable'));
  return [...new Set(errors)].map((text) => <p key={text} className="state bad" role="alert"><Icon name="warning" /> <span dir="auto">{text}</span></p>);
}
