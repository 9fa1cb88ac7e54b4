interface StoryButtonProps {
  readonly story: number;
  /** Which story is open. */
  readonly opened: number | undefined;
  readonly open: (story: number) => void;
}

/** Opens a story, and says whether it is the one that is open. */
export function StoryButton({ story, opened, open }: StoryButtonProps) {
  return (
    <button class="more" type="button" aria-expanded={opened === story} onClick={() => open(story)}>
      story
    </button>
  );
}
