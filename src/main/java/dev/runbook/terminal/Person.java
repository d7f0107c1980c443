package dev.runbook.terminal;

import dev.runbook.base.Masking;
import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply;
import dev.runbook.engine.Engine;
import dev.runbook.event.RunEvent.NoteTaken;
import dev.runbook.journal.Journal;
import dev.runbook.report.Columns;
import dev.runbook.site.Site;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Whoever sits before the screen of a run, if anybody: answers, types secrets unseen, and makes notes. One is asked at a time. */
public final class Person implements Operator, AutoCloseable {
    private static final char LINE = '\u2500';

    private final CliContext context;
    private final RunScreen screen;
    private final Notes notes;
    private final Keyboard keyboard;
    private final Operator operator;

    /**
     * Somebody of whom nothing is heard yet.
     *
     * @param masked takes secrets out of a note
     */
    public Person(CliContext context, RunScreen screen, UnaryOperator<String> masked) {
        String name = context.actor().name();
        this.context = context;
        this.screen = screen;
        this.notes = new Notes(screen, name + Reply.AT_THE_TERMINAL, masked);
        this.keyboard = new Keyboard(context.in(), ThisProcess.terminalCharset(), context.clock(), notes);
        this.operator = context.terminal()
                ? new TerminalOperator(keyboard, context.out(), name, TerminalOperator.PATIENCE, new Terminal())
                : Operator.nobody(screen::say);
    }

    /** Whether somebody can be asked at all. */
    public boolean isThere() {
        return context.terminal();
    }

    /** From now on what is typed while nothing is asked is a note. Without a terminal nothing is read. */
    public void makesNotes(Journal journal) {
        if (isThere()) {
            notes.into(journal);
            keyboard.start();
            screen.say("A line that you type while steps run is a note: it is kept in the journal.");
        }
    }

    /**
     * A line that is typed while nothing is asked may be a command.
     *
     * @param command carries it out, and says whether it was one; every other line is a note
     */
    public void hears(Predicate<String> command) {
        notes.commands(command);
    }

    @Override
    public Reply ask(Question question) {
        synchronized (operator) {
            return screen.still(() -> operator.ask(question));
        }
    }

    /** Asks something while a step is under way, although the run was asked to stop and asks nothing more. */
    public Reply askMeanwhile(Question question) {
        synchronized (operator) {
            keyboard.resume();
            try {
                return screen.still(() -> operator.ask(question));
            } finally {
                keyboard.stop();
            }
        }
    }

    /** A secret, typed unseen. */
    public Optional<String> secret(String question) {
        return screen.still(() -> keyboard.leaveTo(() -> context.hidden().apply(question)));
    }

    /** Writes something about this person into the journal, as a note. */
    public void note(String text) {
        notes.keepAll(List.of(text));
    }

    /**
     * A note as it is kept, of a text that holds no secret of a run: one line without control characters.
     *
     * @param typed by somebody
     */
    public static String plainNote(String typed) {
        return Notes.text(typed, UnaryOperator.identity());
    }

    /** Ends a question that is open; there will be no answer to another one. Called on another thread. */
    public void stopAsking() {
        keyboard.stop();
    }

    /** What is asked from now on is answered again. */
    public void resumeAsking() {
        keyboard.resume();
    }

    /** Takes back the question that is open, if there is one. Called on another thread. */
    public void withdraw() {
        keyboard.withdraw();
    }

    @Override
    public void close() {
        keyboard.close();
    }

    /** Draws the question that is open once more, if there is one. Called on another thread. */
    public void drawAgain() {
        if (operator instanceof TerminalOperator terminal) {
            terminal.drawAgain();
        }
    }

    private final class Terminal implements TerminalOperator.Display {
        @Override
        public List<String> details(String step) {
            return screen.details(step);
        }

        @Override
        public List<String> fitted(String line) {
            return Columns.wrapped(line, context.columns());
        }

        @Override
        public int columns() {
            return context.columns();
        }

        @Override
        public char rule() {
            return ThisProcess.terminalCharset().newEncoder().canEncode(LINE) ? LINE : '-';
        }

        @Override
        public String strong(String text) {
            return context.paint().bad(text);
        }
    }

    /** The secrets that a run has had so far, so that none of them leaves the program in what people type. */
    public static final class Secrets {
        private Masking masking = Masking.NONE;

        /** The secrets of these values are known from now on. */
        public synchronized void learn(Site site) {
            masking = masking.and(site.masking());
        }

        /** The same changes; the secrets that they bring are known too. */
        public Engine.SiteChange learning(Engine.SiteChange changes) {
            return (plan, state, assignment) -> {
                Engine.SiteChange.Outcome outcome = changes.change(plan, state, assignment);
                if (outcome instanceof Engine.SiteChange.Outcome.Changed changed) {
                    learn(changed.plan().site());
                }
                return outcome;
            };
        }

        /** The text with dots for every secret in it. */
        public synchronized String mask(String text) {
            return masking.mask(text);
        }
    }

    /** Takes notes into the journal, as one line each, without the secrets of the run. */
    static final class Notes implements Consumer<List<String>> {
        private static final int LONGEST = 1000;

        private final RunScreen screen;
        private final String by;
        private final UnaryOperator<String> masked;
        private Optional<Journal> journal = Optional.empty();
        private Predicate<String> command = line -> false;

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

        synchronized void commands(Predicate<String> meant) {
            command = meant;
        }

        @Override
        public synchronized void accept(List<String> typed) {
            screen.typed(typed);
            keepAll(typed.stream().filter(line -> !command.test(line)).toList());
        }

        synchronized void keepAll(List<String> lines) {
            lines.stream()
                    .map(line -> text(line, masked))
                    .filter(text -> !text.isEmpty())
                    .forEach(this::keep);
        }

        private void keep(String text) {
            try {
                journal.ifPresent(open -> open.append(new NoteTaken(text, by)));
            } catch (Journal.LostException e) {
                screen.say("This note is not kept. " + e.getMessage());
            }
        }

        /**
         * What is kept of a line: no secret, and no control character, which could move the cursor of whoever reads the journal
         * later.
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
}
