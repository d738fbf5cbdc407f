// The inputs of a process that no field of the workspace has, in the form that follows from its description.
import { useState } from 'react';
import type { Process } from '../api/shapes.ts';
import { useWords } from '../i18n/words.ts';
import { useInForce } from '../panels/inForce.ts';
import { SchemaForm } from '../panels/SchemaForm.tsx';
import { useAnalyses } from '../state/analyses.ts';
import { Button } from '../ui/Button.tsx';
import { furtherInputs } from './question.ts';

export function Further({ process }: { process: Process }) {
  const { say } = useWords();
  const [open, setOpen] = useState(false);
  return (
    <div className="further">
      <Button look="link" aria-expanded={open} onPress={() => setOpen(!open)}>{say(open ? 'routes.fewer' : 'routes.further')}</Button>
      {open && <FurtherForm process={process} />}
    </div>
  );
}

const noValues = {};

function FurtherForm({ process }: { process: Process }) {
  const setValue = useAnalyses((a) => a.setValue);
  const values = useInForce(process, useAnalyses((a) => a.values[process.id]) ?? noValues);
  return <form onSubmit={(e) => e.preventDefault()}><SchemaForm inputs={furtherInputs(process)} values={values} help onChange={(name, value) => setValue(process.id, name, value)} /></form>;
}
