package dev.runbook.endpoint.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Question.Choice;
import dev.runbook.endpoint.Question.Kind;
import dev.runbook.endpoint.Reply;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
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

    @Test
    void showsTheQuestionAndTakesTheAnswerAsTyped() {
        Reply reply = operator(new StringReader("  4.2 \n")).ask(CONFIRM);

        assertThat(reply).isEqualTo(new Reply.Answered("4.2", "", "jdoe at the terminal"));
        assertThat(shown())
                .contains("  After this, nothing goes back.\n  Sure?\n")
                .contains("Type 4.2 to go on");
    }

    @Test
    void anEmptyLineDecidesNothing() {
        assertThat(operator(new StringReader("\n\nno\n")).ask(CONFIRM))
                .isEqualTo(new Reply.Answered("no", "", "jdoe at the terminal"));
    }

    @Test
    void theEndOfTheInputIsNobody() {
        assertThat(operator(new StringReader("")).ask(CONFIRM)).isEqualTo(new Reply.Nobody());
        assertThat(operator(new StringReader("skip\n")).ask(FAILED)).isEqualTo(new Reply.Nobody());
    }

    @Test
    void takesAChoiceByItsFirstLetterWhereThatIsUnique() {
        assertThat(operator(new StringReader("P\n")).ask(FAILED))
                .isEqualTo(new Reply.Answered("pause", "", "jdoe at the terminal"));
    }

    @Test
    void asksAgainWhereAWordIsUnknownOrCouldBeTwo() {
        Reply reply = operator(new StringReader("r\nnonsense\nret\n")).ask(FAILED);

        assertThat(reply).isEqualTo(new Reply.Answered("retry", "", "jdoe at the terminal"));
        assertThat(shown())
                .contains("\"r\" is none of: pause, retry, skip, roll-back, show.")
                .contains("\"nonsense\"");
    }

    @Test
    void takesAReasonBehindTheWordOrAsksForIt() {
        assertThat(operator(new StringReader("skip done by the storage team\n")).ask(FAILED))
                .isEqualTo(new Reply.Answered("skip", "done by the storage team", "jdoe at the terminal"));
        assertThat(operator(new StringReader("skip\n\nnot needed here\n")).ask(FAILED))
                .isEqualTo(new Reply.Answered("skip", "not needed here", "jdoe at the terminal"));
    }

    @Test
    void aLineThatBeginsWithNIsANote() {
        TerminalOperator operator =
                operator(new StringReader(":n the storage team looks at it\n:n called\nskip\n:n\n"));

        assertThat(operator.ask(CONFIRM))
                .isEqualTo(new Reply.Noted("the storage team looks at it", "jdoe at the terminal"));
        assertThat(operator.ask(FAILED)).isEqualTo(new Reply.Noted("called", "jdoe at the terminal"));
        assertThat(operator.ask(FAILED)).isInstanceOf(Reply.Noted.class);
    }

    @Test
    void showsMoreAndAsksAgain() {
        Reply reply = operator(new StringReader("show\nsh\n?\nretry\n")).ask(FAILED);

        assertThat(reply).isEqualTo(new Reply.Answered("retry", "", "jdoe at the terminal"));
        assertThat(shown().split("all of step 4.2", -1)).hasSize(4);
        assertThat(shown()).contains("    skip REASON          leave it out");
    }

    @Test
    void answersOneQuestionAfterAnother() {
        TerminalOperator operator = operator(new StringReader("yes\nretry\n"));

        assertThat(operator.ask(CONFIRM)).isEqualTo(new Reply.Answered("yes", "", "jdoe at the terminal"));
        assertThat(operator.ask(FAILED)).isEqualTo(new Reply.Answered("retry", "", "jdoe at the terminal"));
    }

    @Test
    void remindsWhileItWaits() throws IOException {
        try (PipedWriter keyboard = new PipedWriter()) {
            TerminalOperator operator = operator(new PipedReader(keyboard) {
                @Override
                public int read(char[] buffer, int offset, int length) throws IOException {
                    while (!shown().contains("Still waiting for an answer for step 4.2")) {
                        Thread.onSpinWait();
                    }
                    return super.read(buffer, offset, length);
                }
            });
            keyboard.write("4.2\n");
            assertThat(operator.ask(CONFIRM)).isInstanceOf(Reply.Answered.class);
        }
    }

    @Test
    void stopsAskingWhenTold() throws IOException {
        try (PipedWriter keyboard = new PipedWriter()) {
            TerminalOperator operator = operator(new PipedReader(keyboard));
            Thread other = new Thread(() -> {
                while (!shown().contains("Type 4.2")) {
                    Thread.onSpinWait();
                }
                operator.stopAsking();
            });
            other.start();

            assertThat(operator.ask(CONFIRM)).isEqualTo(new Reply.Nobody());
        }
    }

    private TerminalOperator operator(Reader typed) {
        PrintStream stream = new PrintStream(screen, true, StandardCharsets.UTF_8);
        return new TerminalOperator(
                new BufferedReader(typed),
                stream,
                "jdoe",
                Duration.ofMillis(50),
                step -> List.of("all of step " + step));
    }

    private String shown() {
        return screen.toString(StandardCharsets.UTF_8);
    }
}
