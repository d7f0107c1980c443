package dev.runbook.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.event.Actor;
import dev.runbook.event.Finding;
import dev.runbook.event.Phase;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Trouble;
import dev.runbook.event.Work;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a journal does when the world around it is not as it should be. */
class JournalMishapsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T03:12:09.123456Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final RunEvent.NoteTaken NOTE = new RunEvent.NoteTaken("hello", "jdoe");

    @TempDir
    Path folder;

    private final List<Entry> heard = new ArrayList<>();
    private Optional<String> lostTo = Optional.empty();

    @Test
    void aJournalKnowsItsEndAndItsBeginning() throws IOException {
        try (JournalFile journal = create()) {
            assertThat(journal.firstHash()).isEmpty();
            assertThat(journal.number()).isZero();
            assertThat(journal.append(start())).isEqualTo(Instant.parse("2026-11-21T03:12:09.123Z"));
            String first = journal.firstHash();
            journal.append(NOTE);

            assertThat(journal.firstHash())
                    .isEqualTo(first)
                    .isEqualTo(heard.get(0).hash());
            assertThat(journal.number()).isEqualTo(2);
            assertThat(journal.end())
                    .isEqualTo("2 lines, the last hash begins with "
                            + heard.get(1).hash().substring(0, 16));
        }
        assertThat(Files.readString(folder.resolve("journal.jsonl.last")))
                .isEqualTo("0000000000000000002 " + heard.get(1).hash() + "\n");
        try (JournalFile on = goOn()) {
            assertThat(on.firstHash()).isEqualTo(heard.get(0).hash());
            assertThat(on.number()).isEqualTo(2);
            on.append(NOTE);
            assertThat(on.number()).isEqualTo(3);
            assertThat(on.firstHash()).isEqualTo(heard.get(0).hash());
        }
    }

    @Test
    void whoeverHearsOfALineFindsItInBothFiles() throws IOException {
        Path last = folder.resolve("journal.jsonl.last");
        List<String> besides = new ArrayList<>();
        try (JournalFile journal = JournalFile.create(path(), CLOCK, entry -> besides.add(content(last)))) {
            assertThat(last).hasContent("0000000000000000000 " + "0".repeat(64));
            journal.append(start());
            journal.append(NOTE);
        }
        assertThat(besides)
                .containsExactlyElementsOf(whole().entries().stream()
                        .map(entry -> "%019d %s%n".formatted(entry.number(), entry.hash()))
                        .toList());
        Files.delete(last);
        goOn().close();
        assertThat(last).hasContent(besides.get(1));
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whoHasLostTheRunWritesNothingAndIsToldWhoHasIt() throws IOException {
        try (JournalFile journal = create()) {
            journal.append(start());
            lostTo = Optional.of("asmith has it.");

            assertThatThrownBy(journal::requireClaim)
                    .isInstanceOfSatisfying(
                            Journal.LostException.class,
                            lost -> assertThat(lost.isTaken()).isTrue())
                    .hasMessage("asmith has it.");
            lostTo = Optional.empty();
            assertThatThrownBy(() -> journal.append(NOTE)).hasMessage("asmith has it.");
        }
        assertThat(heard).hasSize(1);
        assertThat(path()).content().hasLineCount(1);
    }

    @Test
    void whoHasLostTheRunBeforeContinuingTouchesNothing() throws IOException {
        write();
        Files.writeString(path(), "torn", StandardOpenOption.APPEND);
        String before = Files.readString(path());
        lostTo = Optional.of("asmith has it.");

        assertThatThrownBy(this::goOn).hasMessage("asmith has it.");
        assertThat(path()).hasContent(before);
    }

    @Test
    void aJournalThatIsGoneTakesNothingMore() throws IOException {
        try (JournalFile journal = create()) {
            journal.append(start());
            Files.delete(path());

            assertThatThrownBy(() -> journal.append(NOTE))
                    .isInstanceOfSatisfying(
                            Journal.LostException.class,
                            lost -> assertThat(lost.isTaken()).isFalse())
                    .hasMessageContaining("cannot be written")
                    .hasMessageContaining("it is not there any more");
            Files.writeString(path(), "");
            assertThatThrownBy(() -> journal.append(NOTE)).hasMessageContaining("it is not there any more");
        }
        assertThat(path()).isEmptyFile();
        assertThat(heard).hasSize(1);
    }

    @Test
    void aClosedJournalTakesNothingMore() {
        JournalFile journal = create();
        journal.append(start());
        journal.close();

        assertThatThrownBy(() -> journal.append(NOTE)).isInstanceOf(Journal.LostException.class);
        assertThat(path()).content().hasLineCount(1);
    }

    @Test
    void aLineIsTakenBackThatCouldNotBeToldBesides() throws IOException {
        write();
        Files.delete(path().resolveSibling("journal.jsonl.last"));
        Files.createDirectory(path().resolveSibling("journal.jsonl.last"));

        assertThatThrownBy(this::goOn)
                .isInstanceOf(Journal.LostException.class)
                .hasMessageContaining("cannot be written");
    }

    @Test
    void aJournalIsNotBegunTwice() {
        write();

        assertThatThrownBy(this::create)
                .isInstanceOf(Journal.LostException.class)
                .hasMessageContaining("journal.jsonl cannot be written");
        assertThat(path()).content().hasLineCount(2);
    }

    @Test
    void anotherEndOfTheSameLengthIsNoticedBeforeTheRunContinues() throws IOException {
        write();
        JournalReader.Read read = whole();
        String other = Files.readString(path()).replaceFirst("(?s)[0-9a-f]{4}\"}\n$", "0000\"}\n");
        Files.writeString(path(), other);

        assertThatThrownBy(() -> JournalFile.goOn(read, CLOCK, heard::add))
                .isInstanceOfSatisfying(
                        Journal.LostException.class,
                        lost -> assertThat(lost.isTaken()).isTrue())
                .hasMessageContaining("is not as this process read it: somebody else");
        assertThat(path()).hasContent(other);
    }

    @Test
    void aJournalThatGrewIsNoticedBeforeTheRunContinues() throws IOException {
        write();
        JournalReader.Read read = whole();
        Files.writeString(path(), "x", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> JournalFile.goOn(read, CLOCK, heard::add))
                .hasMessageContaining("is not as this process read it or left it");
    }

    @Test
    void whatIsKeptBesidesShowsALastLineThatWasExchanged() throws IOException {
        write();
        String last = "0000000000000000002 " + "ab".repeat(32) + "\n";
        Files.writeString(folder.resolve("journal.jsonl.last"), last);

        JournalReader.Result.Broken broken = broken();
        assertThat(broken.line()).isEqualTo(2);
        assertThat(broken.message()).contains("Line 2", "is not the one that was written", "journal.jsonl.last");
    }

    @Test
    void whatIsKeptBesidesMayBeOlderOrNotThereOrNoSuchThing() throws IOException {
        write();
        Path last = folder.resolve("journal.jsonl.last");
        Files.writeString(
                last, "0000000000000000001 " + whole().entries().get(0).hash() + "\n");
        assertThat(whole().entries()).hasSize(2);
        Files.writeString(last, "something else");
        assertThat(whole().entries()).hasSize(2);
        Files.delete(last);
        assertThat(whole().entries()).hasSize(2);
        Files.writeString(last, "0000000000000000000 " + "ab".repeat(32) + "\n");
        assertThat(broken().line()).isZero();
    }

    @Test
    void aJournalThatEndsBeforeWhatIsKeptBesidesSaysSo() throws IOException {
        write();
        Files.writeString(folder.resolve("journal.jsonl.last"), "0000000000000000009 " + "ab".repeat(32) + "\n");

        assertThat(broken().line()).isEqualTo(3);
        assertThat(broken().message())
                .contains("ends after line 2, but line 9 was written once", "lines are missing at its end");
    }

    @Test
    void whatIsNoPlainFileIsNoJournal() throws IOException {
        write();
        Path link = Files.createSymbolicLink(folder.resolve("link.jsonl"), path());

        assertThat(read(link).message()).contains("is no plain file, and no journal");
        assertThat(read(folder).message()).contains("is no plain file");
        assertThat(read(folder.resolve("none.jsonl")).line()).isZero();
    }

    @Test
    void aFileOfMoreBytesThanAreWantedIsRefusedUnread() throws IOException {
        write();
        long size = Files.size(path());

        assertThat(new JournalReader().read(path(), size)).isInstanceOf(JournalReader.Result.Whole.class);
        assertThat(((JournalReader.Result.Broken) new JournalReader().read(path(), size - 1)).message())
                .contains("is larger than 0 MB");
    }

    @Test
    void aJournalWithoutAStartHoldsNoRun() throws IOException {
        Files.writeString(path(), "");
        assertThat(broken().message()).contains("holds no run");
        Files.writeString(
                path(),
                line(1, "2026-11-21T03:12:09Z", NOTE, JournalFile.HashChain.START)
                                .line() + "\n");
        assertThat(broken().message()).contains("holds no run");
        Files.writeString(path(), "torn");
        assertThat(broken().line()).isZero();
    }

    @Test
    void timesThatNoClockShowsAreNotTaken() throws IOException {
        for (String time : List.of("1969-12-31T23:59:59Z", "2200-01-01T00:00:00.001Z", "yesterday")) {
            Files.writeString(
                    path(), line(1, time, start(), JournalFile.HashChain.START).line() + "\n");
            assertThat(broken().message()).as(time).contains("Line 1", "was changed");
        }
        for (String time : List.of("1970-01-01T00:00:00Z", "2200-01-01T00:00:00Z")) {
            Files.writeString(
                    path(), line(1, time, start(), JournalFile.HashChain.START).line() + "\n");
            assertThat(whole().entries()).as(time).hasSize(1);
        }
    }

    @Test
    void aLineOfAnotherNumberIsNotTaken() throws IOException {
        JournalFile.HashChain.Sealed first = line(1, "2026-11-21T03:12:09Z", start(), JournalFile.HashChain.START);
        JournalFile.HashChain.Sealed third = line(3, "2026-11-21T03:12:09Z", NOTE, first.hash());
        Files.writeString(path(), first.line() + "\n" + third.line() + "\n");

        assertThat(broken().line()).isEqualTo(2);
    }

    @Test
    void aLineThatIsTooLongIsNone() throws IOException {
        write();
        Files.writeString(path(), "x".repeat((1 << 25) + 10), StandardOpenOption.APPEND);

        assertThat(broken().line()).isEqualTo(3);
        assertThat(broken().message()).contains("was changed after it was written");
    }

    @Test
    void aTornLineIsSeenByTheLength() throws IOException {
        write();
        long length = Files.size(path());
        assertThat(whole().torn()).isFalse();
        Files.writeString(path(), "{\"num", StandardOpenOption.APPEND);

        assertThat(whole().torn()).isTrue();
        assertThat(whole().length()).isEqualTo(length);
        assertThat(whole().size()).isEqualTo(length + 5);
    }

    @Test
    void anEntryIsFoundByTheBeginningOfItsHash() {
        write();
        String hash = whole().entries().get(1).hash();

        assertThat(whole().entryOf(hash.substring(0, 16).toUpperCase(java.util.Locale.ROOT)))
                .contains(whole().entries().get(1));
        assertThat(whole().entryOf(hash.substring(0, 15))).isEmpty();
        assertThat(whole().entryOf("0".repeat(16))).isEmpty();
    }

    @Test
    void signsThatActOnAScreenAreWrittenByTheirNumber() throws IOException {
        try (JournalFile journal = create()) {
            journal.append(start());
            journal.append(new RunEvent.NoteTaken("red \u001b[31m and \u202e back", "jdoe"));
        }

        assertThat(Files.readString(path()).codePoints().filter(sign -> sign != '\n' && sign < ' ' || sign == 0x202e))
                .isEmpty();
        assertThat(Files.readString(path())).contains("\\u202e");
        assertThat(((RunEvent.NoteTaken) whole().events().get(1)).text()).doesNotContain("\u001b", "\u202e");
    }

    @Test
    void whatActsOnAScreenIsMadeHarmlessEverywhereButInRows() throws IOException {
        Row row = Row.of("name", Value.of("red \u001b[31m"));
        Trouble trouble =
                new Trouble("1", "lasting", false, "m \u001b", List.of("d \u001b", "plain"), Optional.empty());
        try (JournalFile journal = create()) {
            journal.append(start());
            journal.append(new RunEvent.Remembered("1", "x", List.of(row)));
            journal.append(new RunEvent.StepFailed("1", trouble, false));
        }

        assertThat(whole().events().get(1)).isEqualTo(new RunEvent.Remembered("1", "x", List.of(row)));
        Trouble read = ((RunEvent.StepFailed) whole().events().get(2)).trouble();
        assertThat(read.message()).startsWith("m ").doesNotContain("\u001b");
        assertThat(read.details()).hasSize(2).last().isEqualTo("plain");
        assertThat(read.details().get(0)).startsWith("d ").doesNotContain("\u001b");
    }

    @Test
    void whatLacksSomethingDeepInsideIsNoEvent() throws IOException {
        JournalFile.HashChain.Sealed first = line(1, "2026-11-21T03:12:09Z", start(), JournalFile.HashChain.START);
        Trouble trouble = Trouble.of("code-1", "message-1");
        List<String> forged = List.of(
                written(new RunEvent.CameBack(Work.of("1"), 1, 1, Optional.of(trouble), Optional.empty()))
                        .replace("\"message\":\"message-1\",", ""),
                written(new RunEvent.FilesKept(Map.of("site.yaml", "ab"))).replace("\"ab\"", "null"),
                written(new RunEvent.FactAsked(
                                "1",
                                Phase.WHEN,
                                "f",
                                true,
                                Finding.notTrue(List.of(), List.of(new Finding.Mismatch("c", "f", "wanted-1")))))
                        .replace("\"wanted\":\"wanted-1\"", "\"other\":1"));

        for (String line : forged) {
            Files.writeString(
                    path(),
                    first.line() + "\n"
                            + JournalFile.HashChain.seal(line, first.hash()).line() + "\n");
            assertThat(broken().line()).as(line).isEqualTo(2);
        }
    }

    @Test
    void aLineOfNothingButItsHashIsNone() {
        String empty =
                JournalFile.HashChain.seal("{}", JournalFile.HashChain.START).line();

        assertThat(JournalFile.HashChain.check(empty, JournalFile.HashChain.START))
                .isPresent();
        assertThat(JournalFile.HashChain.check(empty.substring(1), JournalFile.HashChain.START))
                .isEmpty();
        assertThat(JournalFile.HashChain.check("", JournalFile.HashChain.START)).isEmpty();
    }

    private static String written(RunEvent event) {
        return new EventCodec().write(2, "2026-11-21T03:12:09Z", event);
    }

    private static JournalFile.HashChain.Sealed line(long number, String time, RunEvent event, String before) {
        return JournalFile.HashChain.seal(new EventCodec().write(number, time, event), before);
    }

    private Path path() {
        return folder.resolve("journal.jsonl");
    }

    private JournalFile create() {
        return JournalFile.create(path(), CLOCK, heard::add, () -> lostTo);
    }

    private JournalFile goOn() {
        return JournalFile.goOn(whole(), CLOCK, heard::add, () -> lostTo);
    }

    private void write() {
        try (JournalFile journal = create()) {
            journal.append(start());
            journal.append(NOTE);
        }
    }

    private JournalReader.Read whole() {
        return ((JournalReader.Result.Whole) new JournalReader().read(path())).read();
    }

    private JournalReader.Result.Broken broken() {
        return read(path());
    }

    private static JournalReader.Result.Broken read(Path file) {
        return (JournalReader.Result.Broken) new JournalReader().read(file);
    }

    private static RunEvent.RunStarted start() {
        return new RunEvent.RunStarted(
                1, "r", "20261121031209", "b", "b.yaml", "ab", Map.of(), new Actor("jdoe", "jump1", 1, "test"));
    }
}
