package dev.runbook.person;

import dev.runbook.console.RunScreen;
import dev.runbook.console.Surroundings;
import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply;
import dev.runbook.endpoint.operator.Keyboard;
import dev.runbook.endpoint.operator.NobodyThere;
import dev.runbook.endpoint.operator.TerminalOperator;
import dev.runbook.journal.Journal;
import dev.runbook.report.Columns;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Whoever sits before the screen of a run, if anybody: answers, types secrets unseen, and makes notes. */
public final class Person implements Operator, AutoCloseable {
    private final Surroundings surroundings;
    private final RunScreen screen;
    private final Notes notes;
    private final Keyboard keyboard;
    private final Operator operator;

    /**
     * Somebody of whom nothing is heard yet.
     *
     * @param masked takes secrets out of a note
     */
    public Person(Surroundings surroundings, RunScreen screen, UnaryOperator<String> masked) {
        String name = surroundings.actor().name();
        this.surroundings = surroundings;
        this.screen = screen;
        this.notes = new Notes(screen, name + Reply.AT_THE_TERMINAL, masked);
        this.keyboard = new Keyboard(surroundings.in(), Charset.defaultCharset(), surroundings.clock(), notes);
        this.operator = surroundings.terminal()
                ? new TerminalOperator(keyboard, surroundings.out(), name, TerminalOperator.PATIENCE, new Terminal())
                : new NobodyThere(screen::say);
    }

    /** From now on what is typed while nothing is asked is a note. Without a terminal nothing is read. */
    public void makesNotes(Journal journal) {
        if (surroundings.terminal()) {
            notes.into(journal);
            keyboard.start();
            screen.say("A line that you type while steps run is a note: it is kept in the journal.");
        }
    }

    @Override
    public Reply ask(Question question) {
        return screen.still(() -> operator.ask(question));
    }

    /** A secret, typed unseen. */
    public Optional<String> secret(String question) {
        return screen.still(() -> keyboard.leaveTo(() -> surroundings.hidden().apply(question)));
    }

    /** Ends a question that is open; there will be no answer to another one. Called on another thread. */
    public void stopAsking() {
        keyboard.stop();
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
            return Columns.wrapped(line, surroundings.columns());
        }
    }
}
