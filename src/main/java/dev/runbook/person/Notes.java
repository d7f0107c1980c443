package dev.runbook.person;

import dev.runbook.console.RunScreen;
import dev.runbook.event.RunEvent.NoteTaken;
import dev.runbook.journal.Journal;
import dev.runbook.journal.JournalLostException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Takes notes into the journal, as one line each, without the secrets of the run. */
final class Notes implements Consumer<List<String>> {
    private static final int LONGEST = 1000;

    private final RunScreen screen;
    private final String by;
    private final UnaryOperator<String> masked;
    private Optional<Journal> journal = Optional.empty();

    /**
     * Notes that nobody takes yet.
     *
     * @param by who types them, and where
     * @param masked takes secrets out
     */
    Notes(RunScreen screen, String by, UnaryOperator<String> masked) {
        this.screen = screen;
        this.by = by;
        this.masked = masked;
    }

    /** From now on they go there. */
    synchronized void into(Journal open) {
        journal = Optional.of(open);
    }

    @Override
    public synchronized void accept(List<String> typed) {
        screen.typed(typed);
        typed.stream()
                .map(line -> text(line, masked))
                .filter(text -> !text.isEmpty())
                .forEach(this::keep);
    }

    private void keep(String text) {
        try {
            journal.ifPresent(open -> open.append(new NoteTaken(text, by)));
        } catch (JournalLostException e) {
            screen.say("This note is not kept. " + e.getMessage());
        }
    }

    /**
     * What is kept of a line: no secret, and no control character, which could move the cursor of whoever reads the journal later.
     */
    static String text(String typed, UnaryOperator<String> masked) {
        // secrets first: one with such a character in it, or a part of one, would not be found
        String text =
                masked.apply(typed).replaceAll("[\\p{Cntrl}\\p{Cf}]+", " ").strip();
        return text.length() <= LONGEST
                ? text
                : text.substring(0, LONGEST) + " ... (cut off: it had " + text.length() + " characters)";
    }
}
