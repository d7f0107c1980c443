package dev.runbook.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.windows.ConsoleInput;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class KeyboardTest {
    private static final Clock STANDING = Clock.fixed(Instant.parse("2026-11-21T03:12:09Z"), ZoneOffset.UTC);

    private final LinkedBlockingQueue<String> notes = new LinkedBlockingQueue<>();

    @Test
    void aLineThatAnswersNothingIsANoteAsSoonAsItIsEnded() throws Exception {
        try (PipedOutputStream fingers = new PipedOutputStream();
                Keyboard keyboard = keyboard(new PipedInputStream(fingers))) {
            keyboard.start();
            type(fingers, "called the stor");
            type(fingers, "age team\r\n\nagain\n");

            assertThat(note()).isEqualTo("called the storage team");
            assertThat(note()).isEmpty();
            assertThat(note()).isEqualTo("again");
        }
    }

    @Test
    void aYesThatWasTypedBeforeTheQuestionIsANote() throws Exception {
        try (PipedOutputStream fingers = new PipedOutputStream();
                Keyboard keyboard = keyboard(new PipedInputStream(fingers))) {
            type(fingers, "yes\n");

            assertThat(keyboard.open()).isFalse();
            assertThat(note()).isEqualTo("yes");
            assertThat(keyboard.open()).isTrue();
            type(fingers, " no \n");
            assertThat(answer(keyboard)).contains("no");
            assertThat(notes).isEmpty();
        }
    }

    @Test
    void aNoteInAConsoleThatCountsKeysKeepsNobodyFromTheNextQuestion() throws Exception {
        for (UnaryOperator<InputStream> read :
                List.<UnaryOperator<InputStream>>of(in -> in, BufferedInputStream::new)) {
            ConsoleInput console = new ConsoleInput();
            try (Keyboard keyboard = keyboard(read.apply(console))) {
                keyboard.start();
                console.type("The Storage Team was CALLED\n");
                assertThat(note()).isEqualTo("The Storage Team was CALLED");

                console.type("YES\n");
                assertThat(note()).isEqualTo("YES");
                assertThat(keyboard.open()).isTrue();
                console.type("Yes\n");

                assertThat(answer(keyboard)).contains("Yes");
            }
        }
    }

    @Test
    void behindTheAnswerLinesAreNotesAgain() throws Exception {
        try (PipedOutputStream fingers = new PipedOutputStream();
                Keyboard keyboard = keyboard(new PipedInputStream(fingers))) {
            keyboard.open();
            type(fingers, "yes\nyes\n");

            assertThat(answer(keyboard)).contains("yes");
            assertThat(note()).isEqualTo("yes");
        }
    }

    @Test
    void anEndThatWasPressedBeforeTheQuestionDoesNotEndIt() {
        Keystrokes keys = new Keystrokes("");
        keys.onWaiting("");
        keys.onWaiting("yes\n");
        try (Keyboard keyboard = keyboard(keys)) {
            keyboard.open();

            assertThat(answer(keyboard)).contains("yes");
        }
    }

    @Test
    void anInputThatIsAtItsEndIsNobody() {
        try (Keyboard keyboard = keyboard(new Keystrokes(""))) {
            keyboard.open();

            assertThat(answer(keyboard)).isEmpty();
        }
    }

    @Test
    void leavesWhatIsTypedToSomebodyElse() throws Exception {
        try (PipedOutputStream fingers = new PipedOutputStream();
                PipedInputStream terminal = new PipedInputStream(fingers);
                Keyboard keyboard = keyboard(terminal)) {
            keyboard.start();
            Optional<String> secret = keyboard.leaveTo(() -> {
                type(fingers, "hidden");
                assertThat(quiet()).isTrue();
                return Optional.of(new String(readAll(terminal, 6), StandardCharsets.UTF_8));
            });

            assertThat(secret).contains("hidden");
            type(fingers, "a note\n");
            assertThat(note()).isEqualTo("a note");
        }
    }

    @Test
    void onceStoppedItAnswersNothing() {
        try (Keyboard keyboard = keyboard(new Keystrokes("yes\n"))) {
            keyboard.stop();

            assertThat(keyboard.open()).isTrue();
            assertThat(answer(keyboard)).isEmpty();
            assertThat(keyboard.leaveTo(() -> Optional.of("secret"))).isEmpty();
        }
    }

    @Test
    void onceClosedItReadsNothing() throws Exception {
        try (PipedOutputStream fingers = new PipedOutputStream();
                PipedInputStream terminal = new PipedInputStream(fingers)) {
            try (Keyboard keyboard = keyboard(terminal)) {
                keyboard.start();
            }
            type(fingers, "for the shell\n");

            assertThat(quiet()).isTrue();
            assertThat(terminal.available()).isEqualTo(14);
        }
    }

    @Test
    void readsWhatIsTypedInTheCodePageOfTheWindow() {
        Charset window = Charset.forName("IBM850");
        ConsoleInput console = new ConsoleInput(window);
        try (Keyboard keyboard = new Keyboard(console, window, STANDING, notes::addAll)) {
            assertThat(keyboard.open()).isTrue();
            console.type("Zürich\n");
            assertThat(answer(keyboard)).contains("Zürich");
        }
    }

    private Keyboard keyboard(InputStream typed) {
        return new Keyboard(typed, StandardCharsets.UTF_8, STANDING, notes::addAll);
    }

    private static Optional<String> answer(Keyboard keyboard) {
        return keyboard.answer(Duration.ofMinutes(1), () -> {});
    }

    private String note() throws InterruptedException {
        return notes.poll(10, TimeUnit.SECONDS);
    }

    /** Long enough for the reader to have looked. */
    private boolean quiet() {
        try {
            return notes.poll(350, TimeUnit.MILLISECONDS) == null;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static void type(PipedOutputStream fingers, String text) {
        try {
            fingers.write(text.getBytes(StandardCharsets.UTF_8));
            fingers.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] readAll(PipedInputStream terminal, int count) {
        try {
            return terminal.readNBytes(count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
