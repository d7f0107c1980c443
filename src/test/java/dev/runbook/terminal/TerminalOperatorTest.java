package dev.runbook.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Question.Choice;
import dev.runbook.endpoint.Question.Kind;
import dev.runbook.endpoint.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TerminalOperatorTest {
    private static final Question CONFIRM = Question.confirm("4.2", "After this, nothing goes back.\nSure?\n", "4.2");
    private static final Question FAILED = Question.choice(
            "4.2",
            Kind.FAILURE,
            "The step failed.",
            List.of(
                    Choice.of("pause", "stop here"),
                    Choice.of("retry", "once more"),
                    Choice.withReason("skip", "leave it out"),
                    Choice.of("roll-back", "take all back")));

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private Keyboard keyboard;

    @Test
    void showsTheQuestionAndTakesTheAnswerAsTyped() {
        Reply reply = operator(typed("  4.2 \n")).ask(CONFIRM);

        assertThat(reply).isEqualTo(new Reply.Answered("4.2", "", "jdoe at the terminal"));
        assertThat(shown())
                .contains("  After this, nothing goes back.\n  Sure?\n")
                .contains("Type 4.2 to continue, no to stop here");
    }

    @Test
    void anEmptyLineDecidesNothing() {
        assertThat(operator(typed("\n\nno\n")).ask(CONFIRM))
                .isEqualTo(new Reply.Answered("no", "", "jdoe at the terminal"));
    }

    @Test
    void theEndOfTheInputIsNobody() {
        assertThat(operator(typed("")).ask(CONFIRM)).isEqualTo(Reply.Nobody.END_OF_INPUT);
        assertThat(operator(typed("skip\n")).ask(FAILED)).isEqualTo(Reply.Nobody.END_OF_INPUT);
    }

    @Test
    void onlyTheWholeWordIsAChoice() {
        Reply reply = operator(typed("s\nr\nret\nnonsense\nRETRY\n")).ask(FAILED);

        assertThat(reply).isEqualTo(new Reply.Answered("retry", "", "jdoe at the terminal"));
        assertThat(shown())
                .contains("\"s\" is none of: pause, retry, skip, roll-back, show. Type the whole word.")
                .contains("\"ret\" is none of: pause, retry, skip, roll-back, show. Type the whole word.")
                .contains("\"nonsense\" is none of: pause, retry, skip, roll-back, show.\n");
    }

    @Test
    void anotherWordThanTheExpectedOneIsToldAndAskedAgain() {
        Reply reply = operator(typed("yes\n4.3\n4.2\n")).ask(CONFIRM);

        assertThat(reply).isEqualTo(new Reply.Answered("4.2", "", "jdoe at the terminal"));
        assertThat(shown())
                .contains("\"yes\" is neither 4.2 nor no, and decides nothing.")
                .contains("\"4.3\" is neither 4.2 nor no, and decides nothing.");
    }

    @Test
    void onlyNoDeclines() {
        assertThat(operator(typed("nope\nNo\n")).ask(CONFIRM))
                .isEqualTo(new Reply.Answered("no", "", "jdoe at the terminal"));
    }

    @Test
    void showsDetailsAtAQuestionAndAsksAgain() {
        assertThat(operator(typed("?\n4.2\n")).ask(CONFIRM))
                .isEqualTo(new Reply.Answered("4.2", "", "jdoe at the terminal"));
        assertThat(shown()).contains("all of step 4.2");
    }

    @Test
    void anEmptyLineLeavesTheQuestionForTheReason() {
        Reply reply = operator(typed("skip\n\nretry\n")).ask(FAILED);

        assertThat(reply).isEqualTo(new Reply.Answered("retry", "", "jdoe at the terminal"));
        assertThat(shown()).contains("Nothing is decided.");
    }

    @Test
    void aWordOfTheChoicesIsNoReason() {
        Reply reply = operator(typed("skip\nretry\npause\n")).ask(FAILED);

        assertThat(reply).isEqualTo(new Reply.Answered("pause", "", "jdoe at the terminal"));
        assertThat(shown()).contains("\"retry\" is one of the choices, and no reason. Nothing is decided.");
    }

    @Test
    void aHeadingStandsAcrossTheScreen() {
        operator(typed("no\n")).ask(CONFIRM.under(new Question.Heading("step 2 of 3: 4.2", "Recover", "NO RETURN")));

        assertThat(shown())
                .contains("\n-- step 2 of 3: 4.2  Recover " + "-".repeat(38) + " NO RETURN --\n   After this, nothing");
    }

    @Test
    @Timeout(60)
    void aQuestionThatIsWithdrawnIsNotAnsweredByWhatIsTypedThen() throws IOException {
        try (PipedOutputStream keys = new PipedOutputStream()) {
            TerminalOperator operator = operator(new PipedInputStream(keys));
            Thread other = new Thread(() -> {
                while (!shown().contains("Type 4.2")) {
                    Thread.onSpinWait();
                }
                keyboard.withdraw();
            });
            other.start();

            assertThat(operator.ask(CONFIRM)).isEqualTo(Reply.Nobody.END_OF_INPUT);
            keys.write("4.2\n".getBytes(StandardCharsets.UTF_8));
            keys.flush();
            while (notes.isEmpty()) {
                Thread.onSpinWait();
            }
            assertThat(notes).containsExactly("4.2");
        }
    }

    @Test
    void takesAReasonBehindTheWordOrAsksForIt() {
        assertThat(operator(typed("skip done by the storage team\n")).ask(FAILED))
                .isEqualTo(new Reply.Answered("skip", "done by the storage team", "jdoe at the terminal"));
        assertThat(operator(typed("skip\nnot needed here\n")).ask(FAILED))
                .isEqualTo(new Reply.Answered("skip", "not needed here", "jdoe at the terminal"));
    }

    @Test
    void aLineThatBeginsWithNIsANoteAndTheQuestionStaysOpen() {
        TerminalOperator operator =
                operator(typed(":n the storage team looks at it\n4.2\n:n\nskip\n:n called\nno need\n"));

        assertThat(operator.ask(CONFIRM)).isEqualTo(new Reply.Answered("4.2", "", "jdoe at the terminal"));
        assertThat(operator.ask(FAILED)).isEqualTo(new Reply.Answered("skip", "no need", "jdoe at the terminal"));
        assertThat(notes).containsExactly(" the storage team looks at it", "", " called");
    }

    @Test
    void whatWasTypedBeforeTheQuestionAnswersNothing() {
        Keystrokes keys = new Keystrokes("4.2\nno");
        keys.onWaiting("\n4.2\n");

        assertThat(operator(keys).ask(CONFIRM)).isEqualTo(new Reply.Answered("4.2", "", "jdoe at the terminal"));
        assertThat(notes).containsExactly("4.2", "no");
        assertThat(shown()).contains("What was typed before this question is a note, and answers nothing.");
    }

    @Test
    void showsMoreAndAsksAgain() {
        Reply reply = operator(typed("show\nsh\n?\nretry\n")).ask(FAILED);

        assertThat(reply).isEqualTo(new Reply.Answered("retry", "", "jdoe at the terminal"));
        assertThat(shown().split("all of step 4.2", -1)).hasSize(4);
        assertThat(shown()).contains("    skip REASON          leave it out");
    }

    @Test
    void answersOneQuestionAfterAnother() {
        TerminalOperator operator = operator(typed("4.2\nretry\n"));

        assertThat(operator.ask(CONFIRM)).isEqualTo(new Reply.Answered("4.2", "", "jdoe at the terminal"));
        assertThat(operator.ask(FAILED)).isEqualTo(new Reply.Answered("retry", "", "jdoe at the terminal"));
    }

    @Test
    void remindsWhileItWaits() {
        Keystrokes keys = new Keystrokes("");
        keys.onWaiting(
                () -> {
                    while (!shown().contains("Still waiting for an answer for step 4.2")) {
                        Thread.onSpinWait();
                    }
                },
                "4.2\n");
        assertThat(operator(keys).ask(CONFIRM)).isInstanceOf(Reply.Answered.class);
    }

    @Test
    void drawsTheOpenQuestionOnceMoreAndNoOther() {
        Keystrokes keys = new Keystrokes("");
        TerminalOperator operator = operator(keys);
        keys.onWaiting(operator::drawAgain, "4.2\n");

        operator.drawAgain();
        assertThat(shown()).isEmpty();
        operator.ask(CONFIRM);
        operator.drawAgain();
        assertThat(shown().split("Sure\\?\n", -1)).hasSize(3);
        assertThat(shown().split("Type 4.2 to continue", -1)).hasSize(3);
    }

    @Test
    void stopsAskingWhenTold() throws IOException {
        try (PipedOutputStream nobodyTypes = new PipedOutputStream()) {
            TerminalOperator operator = operator(new PipedInputStream(nobodyTypes));
            Thread other = new Thread(() -> {
                while (!shown().contains("Type 4.2")) {
                    Thread.onSpinWait();
                }
                keyboard.stop();
            });
            other.start();

            assertThat(operator.ask(CONFIRM)).isEqualTo(Reply.Nobody.END_OF_INPUT);
            assertThat(operator.ask(FAILED)).isEqualTo(Reply.Nobody.END_OF_INPUT);
        }
    }

    private static InputStream typed(String text) {
        Keystrokes keys = new Keystrokes("");
        keys.onWaiting(text);
        return keys;
    }

    private TerminalOperator operator(InputStream typed) {
        PrintStream stream = new PrintStream(screen, true, StandardCharsets.UTF_8);
        keyboard = new Keyboard(typed, StandardCharsets.UTF_8, Clock.systemUTC(), notes::addAll);
        return new TerminalOperator(
                keyboard, stream, "jdoe", Duration.ofMillis(50), step -> List.of("all of step " + step));
    }

    private String shown() {
        return screen.toString(StandardCharsets.UTF_8);
    }
}
