import { useState } from 'preact/hooks';
import type { ConfigFile } from '../../../models/kafkaConfig/configFile.ts';
import type { Example } from './examples.ts';

interface FileInputProps {
  readonly files: readonly ConfigFile[];
  readonly examples: readonly Example[];
  readonly change: (files: readonly ConfigFile[]) => void;
}

/** The files of a cluster: pasted, dropped, chosen, or of an example. */
export function FileInput({ files, examples, change }: FileInputProps) {
  const [isOver, setOver] = useState(false);
  const take = async (list: FileList | null | undefined): Promise<void> => {
    const read = await Promise.all(
      [...(list ?? [])].map(async file => ({ name: file.name, text: await file.text() })),
    );
    if (read.length > 0) change([...files.filter(({ text }) => text.trim() !== ''), ...read]);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer?.files);
  };
  const over = (event: DragEvent): void => {
    event.preventDefault();
    setOver(true);
  };
  return (
    <section
      class={isOver ? 'files over' : 'files'}
      aria-label="Files"
      onDrop={drop}
      onDragOver={over}
      onDragLeave={() => setOver(false)}
    >
      <p>
        Paste or drop docker-compose files, <code>server.properties</code>, Kubernetes or Strimzi
        resources, what <code>kafka-topics --describe</code> prints; one or several.{' '}
        <label class="choose">
          choose files
          <input type="file" multiple onChange={event => void take(event.currentTarget.files)} />
        </label>
      </p>
      <p class="examples">
        Or try{' '}
        {examples.map(example => (
          <button key={example.title} type="button" onClick={() => change(example.files)}>
            {example.title}
          </button>
        ))}
      </p>
      {files.map((file, index) => (
        <FileText
          key={index}
          file={file}
          change={text =>
            change(files.map((each, at) => (at === index ? { ...file, text } : each)))
          }
          remove={() => change(withNone(files.filter((_, at) => at !== index)))}
        />
      ))}
    </section>
  );
}

/** One place to paste into remains. */
function withNone(files: readonly ConfigFile[]): readonly ConfigFile[] {
  return files.length > 0 ? files : [{ name: 'pasted', text: '' }];
}

interface FileTextProps {
  readonly file: ConfigFile;
  readonly change: (text: string) => void;
  readonly remove: () => void;
}

function FileText({ file: { name, text }, change, remove }: FileTextProps) {
  return (
    <div class="file">
      <div class="file-head">
        <code>{name}</code>
        <button type="button" aria-label={`remove ${name}`} onClick={remove}>
          remove
        </button>
      </div>
      <textarea
        aria-label={name}
        rows={10}
        spellcheck={false}
        autocomplete="off"
        placeholder="services:&#10;  kafka-1:&#10;    image: apache/kafka:4.1.0"
        value={text}
        onInput={event => change(event.currentTarget.value)}
      />
    </div>
  );
}
