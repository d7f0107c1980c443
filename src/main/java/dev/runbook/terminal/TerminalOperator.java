package dev.runbook.terminal;

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
 * A person at a terminal. A typing error decides nothing: whoever types another word than what is asked for is told so, and asked
 * again; only {@code no} declines, and only the whole word of a choice is a choice. An empty line is no answer; where a choice asks
 * for a reason, it goes back to the choices. What was typed before the question stood on the screen answers nothing. A line that
 * begins with {@code :n} is a note. {@code ?} or {@code show} shows more. The end of the input means that nobody is there any more.
 */
final class TerminalOperator implements Operator {
    /** How long it is quiet before the question is called to mind again. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What stands before every line of a question. */
    static final String INDENT = "  ";

    private static final String DEEPER = "   ";
    private static final String NOTE = ":n";
    private static final String SHOW = "show";
    private static final String MORE = "?";

    private final Keyboard keyboard;
    private final PrintStream screen;
    private final String name;
    private final Duration patience;
    private final Display display;
    private volatile Runnable drawAgain = () -> {};

    /** What the screen can show. */
    interface Display {
        /** All that is known of a step, by its id, for whoever wants to see more before a decision. */
        List<String> details(String step);

        /** A line as several that fit the screen. */
        default List<String> fitted(String line) {
            return List.of(line);
        }

        /** How many columns the screen has. */
        default int columns() {
            return 80;
        }

        /** What a line across the screen is drawn with. */
        default char rule() {
            return '-';
        }

        /** A text that must not be overlooked. */
        default String strong(String text) {
            return text;
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
    TerminalOperator(Keyboard keyboard, PrintStream screen, String person, Duration patience, Display display) {
        this.keyboard = keyboard;
        this.screen = screen;
        this.name = person + Reply.AT_THE_TERMINAL;
        this.patience = patience;
        this.display = display;
    }

    @Override
    public Reply ask(Question question) {
        tell(question);
        return question.kind().isWord() ? word(question) : choose(question);
    }

    private void tell(Question question) {
        screen.println();
        question.heading().ifPresent(this::rule);
        String indent = question.heading().isPresent() ? DEEPER : INDENT;
        question.message().strip().lines().map(indent::concat).forEach(this::print);
    }

    /** A line across the screen; where the title does not fit into it, it stands below. */
    private void rule(Question.Heading heading) {
        int columns = Math.min(display.columns(), 120);
        String all = heading.place() + "  " + heading.title();
        // two signs and a blank at each end, at least two signs and two blanks between
        boolean fits = all.length() + heading.mark().length() + 10 <= columns;
        String begin = fits ? all : heading.place();
        int room = Math.max(2, columns - begin.length() - heading.mark().length() - 8);
        String edge = sign(2);
        screen.println(edge + " " + display.strong(begin) + " " + sign(room) + " " + display.strong(heading.mark())
                + " " + edge);
        if (!fits) {
            print(DEEPER + heading.title());
        }
    }

    private String sign(int times) {
        return String.valueOf(display.rule()).repeat(times);
    }

    /** Draws the question that is open once more: something else was on the screen. Called on another thread. */
    void drawAgain() {
        drawAgain.run();
    }

    // ---- a word that means yes

    private Reply word(Question question) {
        String indent = question.heading().isPresent() ? DEEPER : INDENT;
        String prompt = indent + "Type " + display.strong(question.expected())
                + (question.kind() == Question.Kind.CUT_OFF ? " to cut it off, " : " to continue, ") + Question.NO + " "
                + question.declining() + ", " + MORE + " for details >";
        while (true) {
            Optional<String> line = typed(prompt, question, false);
            if (line.isEmpty()) {
                return Reply.Nobody.END_OF_INPUT;
            }
            String answer = line.get();
            if (question.isYes(answer)) {
                return answered(answer, "");
            }
            if (answer.equalsIgnoreCase(Question.NO)) {
                return answered(Question.NO, "");
            }
            if (answer.equals(MORE)) {
                display.details(question.subject()).forEach(this::print);
            } else {
                print(indent + "\"" + answer + "\" is neither " + question.expected() + " nor " + Question.NO
                        + ", and decides nothing.");
            }
        }
    }

    // ---- a choice

    private Reply choose(Question question) {
        listChoices(question);
        while (true) {
            Optional<String> line = typed("  What now? >", question, false);
            if (line.isEmpty()) {
                return Reply.Nobody.END_OF_INPUT;
            }
            String[] parts = line.get().split("\\s+", 2);
            if (canShow(question) && isShow(parts[0])) {
                display.details(question.subject()).forEach(this::print);
                listChoices(question);
                continue;
            }
            Optional<Choice> choice = meant(parts[0], question.choices());
            Optional<Reply> reply =
                    choice.flatMap(found -> withArgument(found, parts.length > 1 ? parts[1] : "", question));
            if (reply.isPresent()) {
                return reply.get();
            }
            if (choice.isEmpty()) {
                print("  \"" + parts[0] + "\" is none of: " + words(question) + "." + whole(parts[0], question));
            }
        }
    }

    /** Whoever typed the beginning of a word is told that it takes all of it. */
    private static String whole(String typed, Question question) {
        return question.choices().stream()
                .map(Choice::word)
                .filter(word -> word.startsWith(typed.toLowerCase(Locale.ROOT)))
                .findFirst()
                .map(word -> " Type the whole word.")
                .orElse("");
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
        List<String> lines = display.fitted(prompt);
        lines.subList(0, lines.size() - 1).forEach(screen::println);
        screen.print(lines.get(lines.size() - 1) + " ");
        screen.flush();
    }

    private void listChoice(String typed, String meaning) {
        print(String.format(Locale.ROOT, "    %-20s %s", typed.strip(), meaning));
    }

    private static boolean canShow(Question question) {
        return question.kind() == Question.Kind.FAILURE
                || question.kind() == Question.Kind.DOUBT
                || question.kind() == Question.Kind.CONDITION;
    }

    /** It decides nothing, so its beginning is enough where no choice begins so. */
    private static boolean isShow(String typed) {
        return typed.equals(MORE) || typed.length() > 1 && SHOW.startsWith(typed.toLowerCase(Locale.ROOT));
    }

    /** Empty where nothing was given: the choices stand again. */
    private Optional<Reply> withArgument(Choice choice, String given, Question question) {
        if (choice.argument().isEmpty() || !given.isEmpty()) {
            return Optional.of(answered(choice.word(), given));
        }
        boolean reason = choice.argument().equals("REASON");
        String prompt = reason ? "Why? (kept in the journal; an empty line leaves this)" : choice.argument();
        Optional<String> line = typed("  " + prompt + " >", question, true);
        if (line.isEmpty()) {
            return Optional.of(Reply.Nobody.END_OF_INPUT);
        }
        String argument = line.get();
        boolean isChoice =
                meant(argument.split("\\s+", 2)[0], question.choices()).isPresent() || isShow(argument);
        if (argument.isEmpty()) {
            print("  Nothing is decided.");
            return Optional.empty();
        }
        if (reason && isChoice) {
            print("  \"" + argument + "\" is one of the choices, and no reason. Nothing is decided.");
            return Optional.empty();
        }
        return Optional.of(answered(choice.word(), argument));
    }

    // ---- what is typed

    /**
     * What is typed after the prompt, notes aside; empty when nobody is there any more.
     *
     * @param blank whether an empty line is something too
     */
    private Optional<String> typed(String prompt, Question question, boolean blank) {
        AtomicInteger reminders = new AtomicInteger();
        drawAgain = () -> {
            tell(question);
            prompt(prompt);
        };
        try {
            return typed(prompt, question, blank, reminders);
        } finally {
            drawAgain = () -> {};
        }
    }

    private Optional<String> typed(String prompt, Question question, boolean blank, AtomicInteger reminders) {
        while (true) {
            show(prompt);
            Optional<String> line =
                    keyboard.answer(patience, () -> remind(prompt, question, reminders.incrementAndGet()));
            if (line.filter(TerminalOperator::isNote).isPresent()) {
                keyboard.note(line.get().substring(NOTE.length()));
            } else if (line.isEmpty() || blank || !line.get().isEmpty()) {
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
        return choices.stream()
                .filter(choice -> choice.word().equalsIgnoreCase(typed))
                .findFirst();
    }

    private static String words(Question question) {
        Stream<String> words = question.choices().stream().map(Choice::word);
        return Stream.concat(words, canShow(question) ? Stream.of(SHOW) : Stream.empty())
                .collect(Collectors.joining(", "));
    }
}
