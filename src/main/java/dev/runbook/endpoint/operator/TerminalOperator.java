package dev.runbook.endpoint.operator;

import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Question.Choice;
import dev.runbook.endpoint.Reply;
import java.io.BufferedReader;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A person at a terminal. An empty line is no answer, so that a key pressed twice decides nothing; the question is asked
 * again. The end of the input means that nobody is there any more.
 */
public final class TerminalOperator implements Operator {
    /** How long it is quiet before the question is called to mind again. */
    public static final Duration PATIENCE = Duration.ofMinutes(2);

    private final TypedLines lines;
    private final PrintStream screen;
    private final String name;
    private final Duration patience;

    /**
     * A person.
     *
     * @param input where the answers are typed
     * @param screen where the questions are shown
     * @param person who it is, for the journal
     * @param patience how long it is quiet before a reminder
     */
    public TerminalOperator(BufferedReader input, PrintStream screen, String person, Duration patience) {
        this.lines = new TypedLines(input);
        this.screen = screen;
        this.name = person + Reply.AT_THE_TERMINAL;
        this.patience = patience;
    }

    @Override
    public Reply ask(Question question) {
        screen.println();
        question.message().strip().lines().forEach(line -> screen.println("  " + line));
        return question.choices().isEmpty() ? confirm(question) : choose(question);
    }

    /** Ends a question that is open now, as if nobody were there. Called on another thread. */
    public void stopAsking() {
        lines.stop();
    }

    private Reply confirm(Question question) {
        String prompt = "  Type " + question.expected() + " to go on. Anything else stops here, and can be resumed. > ";
        return typed(prompt, question).<Reply>map(line -> answered(line, "")).orElseGet(Reply.Nobody::new);
    }

    private Reply choose(Question question) {
        question.choices().forEach(choice -> screen.println("    " + described(choice)));
        while (true) {
            Optional<String> line = typed("  What now? > ", question);
            if (line.isEmpty()) {
                return new Reply.Nobody();
            }
            String[] parts = line.get().split("\\s+", 2);
            Optional<Choice> choice = meant(parts[0].toLowerCase(Locale.ROOT), question.choices());
            if (choice.isPresent()) {
                String reason = parts.length > 1 ? parts[1] : "";
                return withReason(choice.get(), reason, question);
            }
            screen.println("  \"" + parts[0] + "\" is none of: " + words(question.choices()) + ".");
        }
    }

    private Reply withReason(Choice choice, String given, Question question) {
        if (!choice.needsReason() || !given.isEmpty()) {
            return answered(choice.word(), given);
        }
        return typed("  Why? (kept in the journal) > ", question)
                .<Reply>map(reason -> answered(choice.word(), reason))
                .orElseGet(Reply.Nobody::new);
    }

    private Optional<String> typed(String prompt, Question question) {
        while (true) {
            screen.print(prompt);
            screen.flush();
            Optional<String> line = lines.next(patience, () -> remind(prompt, question));
            if (line.isEmpty() || !line.get().isEmpty()) {
                return line;
            }
        }
    }

    private void remind(String prompt, Question question) {
        screen.println();
        screen.println("  Still waiting for an answer for step " + question.subject() + ".");
        screen.print(prompt);
        screen.flush();
    }

    private Reply answered(String text, String reason) {
        return new Reply.Answered(text, reason, name);
    }

    private static String described(Choice choice) {
        String word = choice.needsReason() ? choice.word() + " REASON" : choice.word();
        return String.format(Locale.ROOT, "%-20s %s", word, choice.meaning());
    }

    private static Optional<Choice> meant(String typed, List<Choice> choices) {
        List<Choice> begins = choices.stream()
                .filter(choice -> choice.word().startsWith(typed))
                .toList();
        return begins.stream()
                .filter(choice -> choice.word().equals(typed))
                .findFirst()
                .or(() -> begins.size() == 1 ? Optional.of(begins.get(0)) : Optional.empty());
    }

    private static String words(List<Choice> choices) {
        return String.join(", ", choices.stream().map(Choice::word).toList());
    }
}
