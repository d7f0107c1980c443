package dev.runbook.endpoint.operator;

import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Question.Choice;
import dev.runbook.endpoint.Reply;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A person at a terminal. An empty line is no answer, so that a key pressed twice decides nothing; the question is asked
 * again. What was typed before the question stood on the screen answers nothing. A line that begins with {@code :n} is a note.
 * {@code show} at a failure shows more, and decides nothing. The end of the input means that nobody is there any more.
 */
public final class TerminalOperator implements Operator {
    /** How long it is quiet before the question is called to mind again. */
    public static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What stands before every line of a question. */
    public static final String INDENT = "  ";

    private static final String NOTE = ":n";
    private static final String SHOW = "show";

    private final Keyboard keyboard;
    private final PrintStream screen;
    private final String name;
    private final Duration patience;
    private final Display display;
    private volatile Runnable drawAgain = () -> {};

    /** What the screen can show. */
    public interface Display {
        /** All that is known of a step, by its id, for whoever wants to see more before a decision. */
        List<String> details(String step);

        /** A line as several that fit the screen. */
        default List<String> fitted(String line) {
            return List.of(line);
        }
    }

    /**
     * A person.
     *
     * @param keyboard where the answers are typed
     * @param screen where the questions are shown
     * @param person who it is, for the journal
     * @param patience how long it is quiet before a reminder
     * @param display what the screen can show
     */
    public TerminalOperator(Keyboard keyboard, PrintStream screen, String person, Duration patience, Display display) {
        this.keyboard = keyboard;
        this.screen = screen;
        this.name = person + Reply.AT_THE_TERMINAL;
        this.patience = patience;
        this.display = display;
    }

    @Override
    public Reply ask(Question question) {
        tell(question);
        return question.choices().isEmpty() ? confirm(question) : choose(question);
    }

    private void tell(Question question) {
        screen.println();
        question.message().strip().lines().map(INDENT::concat).forEach(this::print);
    }

    /** Draws the question that is open once more: something else was on the screen. Called on another thread. */
    public void drawAgain() {
        drawAgain.run();
    }

    private Reply confirm(Question question) {
        String prompt = "  Type " + question.expected() + " to go on. Anything else stops here, and can be resumed. > ";
        return typed(prompt, question).map(line -> answered(line, "")).orElse(Reply.Nobody.END_OF_INPUT);
    }

    private Reply choose(Question question) {
        listChoices(question);
        while (true) {
            Optional<String> line = typed("  What now? > ", question);
            if (line.isEmpty()) {
                return Reply.Nobody.END_OF_INPUT;
            }
            String[] parts = line.get().split("\\s+", 2);
            if (canShow(question) && isShow(parts[0], question)) {
                display.details(question.subject()).forEach(this::print);
                listChoices(question);
                continue;
            }
            Optional<Choice> choice = meant(parts[0].toLowerCase(Locale.ROOT), question.choices());
            if (choice.isPresent()) {
                String reason = parts.length > 1 ? parts[1] : "";
                return withArgument(choice.get(), reason, question);
            }
            print("  \"" + parts[0] + "\" is none of: " + words(question) + ".");
        }
    }

    private void listChoices(Question question) {
        question.choices().forEach(choice -> listChoice(choice.word() + " " + choice.argument(), choice.meaning()));
        if (canShow(question)) {
            listChoice(SHOW, "show more: all that was sent, found and answered in this step");
            listChoice(NOTE + " TEXT", "a note for the journal");
        }
    }

    private void print(String line) {
        display.fitted(line).forEach(screen::println);
    }

    private void prompt(String prompt) {
        List<String> lines = display.fitted(prompt.stripTrailing());
        lines.subList(0, lines.size() - 1).forEach(screen::println);
        screen.print(lines.get(lines.size() - 1) + " ");
        screen.flush();
    }

    private void listChoice(String typed, String meaning) {
        print(String.format(Locale.ROOT, "    %-20s %s", typed.strip(), meaning));
    }

    private static boolean canShow(Question question) {
        return question.kind() == Question.Kind.FAILURE || question.kind() == Question.Kind.DOUBT;
    }

    /** {@code s} could be two words; {@code sh} is one. */
    private static boolean isShow(String typed, Question question) {
        String word = typed.toLowerCase(Locale.ROOT);
        return word.equals("?")
                || !word.isEmpty()
                        && SHOW.startsWith(word)
                        && question.choices().stream()
                                .noneMatch(choice -> choice.word().startsWith(word));
    }

    private Reply withArgument(Choice choice, String given, Question question) {
        if (choice.argument().isEmpty() || !given.isEmpty()) {
            return answered(choice.word(), given);
        }
        String prompt = choice.argument().equals("REASON") ? "Why? (kept in the journal)" : choice.argument();
        return typed("  " + prompt + " > ", question)
                .map(argument -> answered(choice.word(), argument))
                .orElse(Reply.Nobody.END_OF_INPUT);
    }

    /** What is typed behind the prompt, notes and empty lines aside; empty when nobody is there any more. */
    private Optional<String> typed(String prompt, Question question) {
        AtomicInteger reminders = new AtomicInteger();
        drawAgain = () -> {
            tell(question);
            prompt(prompt);
        };
        try {
            return typed(prompt, question, reminders);
        } finally {
            drawAgain = () -> {};
        }
    }

    private Optional<String> typed(String prompt, Question question, AtomicInteger reminders) {
        while (true) {
            show(prompt);
            Optional<String> line =
                    keyboard.answer(patience, () -> remind(prompt, question, reminders.incrementAndGet()));
            if (line.filter(TerminalOperator::isNote).isPresent()) {
                keyboard.note(line.get().substring(NOTE.length()));
            } else if (line.isEmpty() || !line.get().isEmpty()) {
                return line;
            }
        }
    }

    private void show(String prompt) {
        prompt(prompt);
        while (!keyboard.open()) {
            print("  What was typed before this question is a note, and answers nothing.");
            prompt(prompt);
        }
    }

    private static boolean isNote(String line) {
        return line.equals(NOTE) || line.startsWith(NOTE + " ");
    }

    private void remind(String prompt, Question question, int time) {
        long minutes = patience.multipliedBy(time).toMinutes();
        String since = minutes == 0 ? "" : ", for " + minutes + (minutes == 1 ? " minute now" : " minutes now");
        screen.println();
        print("  Still waiting for an answer for step " + question.subject() + since + ".");
        prompt(prompt);
    }

    private Reply answered(String text, String reason) {
        return new Reply.Answered(text, reason, name);
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

    private static String words(Question question) {
        Stream<String> words = question.choices().stream().map(Choice::word);
        return Stream.concat(words, canShow(question) ? Stream.of(SHOW) : Stream.empty())
                .collect(Collectors.joining(", "));
    }
}
