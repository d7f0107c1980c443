package dev.runbook.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runbook.base.Row;
import dev.runbook.base.Value;
import dev.runbook.event.Actor;
import dev.runbook.event.Decision;
import dev.runbook.event.Ending;
import dev.runbook.event.Finding;
import dev.runbook.event.OpenQuestion;
import dev.runbook.event.Phase;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Trouble;
import dev.runbook.event.Work;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T03:12:09.5Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private final List<Entry> heard = new ArrayList<>();

    @Test
    void everyKindOfEventComesBackAsItWas() {
        Path path = write(everyKind());

        List<RunEvent> read = whole(path).events();

        assertThat(read).isEqualTo(everyKind());
        assertThat(everyKind().stream().map(RunEvent::getClass).distinct())
                .as("each permitted event is in this test")
                .hasSameSizeAs(leaves(RunEvent.class));
        assertThat(heard).isEqualTo(whole(path).entries());
    }

    @Test
    void aTornLastLineIsLeftOutAndCutOffWhenTheRunGoesOn() throws IOException {
        Path path = write(everyKind());
        String before = Files.readString(path);
        Files.writeString(path, "{\"number\":99,\"ti", StandardOpenOption.APPEND);

        JournalReader.Read torn = whole(path);
        try (JournalFile journal = JournalFile.goOn(torn, CLOCK, heard::add)) {
            journal.append(new RunEvent.NoteTaken("on we go", "jdoe"));
        }

        assertThat(torn.torn()).isTrue();
        assertThat(Files.readString(path))
                .startsWith(before)
                .hasLineCount(everyKind().size() + 1);
        assertThat(whole(path).torn()).isFalse();
    }

    @Test
    void whoeverReadAJournalThatAnotherHasContinuedSinceWritesNothing() throws IOException {
        Path path = write(everyKind());
        JournalReader.Read early = whole(path);
        try (JournalFile other = JournalFile.goOn(early, CLOCK, heard::add)) {
            other.append(new RunEvent.NoteTaken("I was here", "asmith"));
        }
        String before = Files.readString(path);

        assertThatThrownBy(() -> JournalFile.goOn(early, CLOCK, heard::add))
                .isInstanceOfSatisfying(
                        Journal.LostException.class,
                        lost -> assertThat(lost.isTaken()).isTrue());

        assertThat(path).hasContent(before);
    }

    @Test
    void aWriterWhoseFileAnotherHasWrittenToWritesNothingMore() throws IOException {
        Path path = write(everyKind());
        try (JournalFile first = JournalFile.goOn(whole(path), CLOCK, heard::add);
                JournalFile second = JournalFile.goOn(whole(path), CLOCK, heard::add)) {
            second.append(new RunEvent.NoteTaken("me too", "asmith"));
            String before = Files.readString(path);

            assertThatThrownBy(() -> first.append(new RunEvent.NoteTaken("me", "jdoe")))
                    .isInstanceOf(Journal.LostException.class)
                    .hasMessageContaining("somebody else");
            assertThat(path).hasContent(before);
            second.append(new RunEvent.NoteTaken("and on", "asmith"));
        }
        assertThat(whole(path).entries()).hasSize(everyKind().size() + 2);
    }

    @Test
    void aJournalThatLostItsLastLineIsNotWhole() throws IOException {
        Path path = write(everyKind());
        List<String> lines = Files.readAllLines(path);
        Files.write(path, lines.subList(0, lines.size() - 1));

        assertThat(new JournalReader().read(path))
                .isInstanceOfSatisfying(
                        JournalReader.Result.Broken.class,
                        broken -> assertThat(broken.message()).contains("lines are missing at its end"));
    }

    @Test
    void aLineThatLacksAPropertyIsFoundAlthoughItsHashIsRight() throws IOException {
        Path path = folder.resolve("forged.jsonl");
        String first = JournalFile.HashChain.seal(
                        new EventCodec()
                                .write(1, "2026-11-21T03:12:09Z", start())
                                .replace("\"runbook\"", "\"other\""),
                        JournalFile.HashChain.START)
                .line();
        Files.writeString(path, first + "\n");

        assertThat(new JournalReader().read(path)).isInstanceOf(JournalReader.Result.Broken.class);
    }

    @Test
    void aJournalOfANewerVersionIsCalledThatAndNotChanged() throws IOException {
        String start = new EventCodec().write(1, "2026-11-21T03:12:09Z", start());
        String later = "{\"number\":2,\"time\":\"2026-11-21T03:12:10Z\",\"event\":\"moon-asked\",\"why\":\"tide\"}";
        JournalFile.HashChain.Sealed first = JournalFile.HashChain.seal(start, JournalFile.HashChain.START);
        JournalFile.HashChain.Sealed format =
                JournalFile.HashChain.seal(start.replace("\"format\":1", "\"format\":7"), JournalFile.HashChain.START);

        JournalReader.Result.Broken event = broken(List.of(
                first.line(), JournalFile.HashChain.seal(later, first.hash()).line()));
        assertThat(event.line()).isEqualTo(2);
        assertThat(event.message())
                .contains("moon-asked", "newer version", "not changed")
                .doesNotContain("was changed");
        assertThat(broken(List.of(format.line())).message()).contains("format 7", "up to 2", "newer version");
        assertThat(broken(List.of(first.line(), later)).message()).contains("was changed");
    }

    @Test
    void noFileIsReadThatIsLargerThanAJournalCanBe() throws IOException {
        Path path = write(everyKind());
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {1}), 3L << 30);
        }

        assertThat(new JournalReader().read(path))
                .isInstanceOfSatisfying(
                        JournalReader.Result.Broken.class,
                        broken -> assertThat(broken.message()).contains("larger than 1024 MB"));
    }

    @Test
    void anyChangeToAWholeLineIsFoundAtThatLine() throws IOException {
        Path path = write(everyKind());
        List<String> lines = Files.readAllLines(path);
        for (int i = 0; i < lines.size(); i++) {
            List<String> changed = new ArrayList<>(lines);
            changed.set(i, lines.get(i).replaceFirst("\"time\":\"2026", "\"time\":\"2025"));
            assertThat(broken(changed).line()).isEqualTo(i + 1);
        }
    }

    @Test
    void aMissingLineIsFound() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(write(everyKind())));
        lines.remove(3);

        assertThat(broken(lines).line()).isEqualTo(4);
    }

    @Test
    void aSecretIsNeverWritten() throws IOException {
        Path path = write(List.of(
                start(), new RunEvent.Remembered("1", "x", List.of(Row.of("password", new Value.Secret("hunter2"))))));

        assertThat(Files.readString(path)).doesNotContain("hunter2");
    }

    private JournalReader.Result.Broken broken(List<String> lines) throws IOException {
        Path path = folder.resolve("changed.jsonl");
        Files.write(path, lines);
        return (JournalReader.Result.Broken) new JournalReader().read(path);
    }

    private Path write(List<RunEvent> events) {
        Path path = folder.resolve("journal.jsonl");
        try (JournalFile journal = JournalFile.create(path, CLOCK, heard::add)) {
            events.forEach(journal::append);
        }
        return path;
    }

    private static JournalReader.Read whole(Path path) {
        return ((JournalReader.Result.Whole) new JournalReader().read(path)).read();
    }

    private static RunEvent.RunStarted start() {
        return new RunEvent.RunStarted(
                1,
                "2026-11-21T03-12-09Z-failover",
                "20261121031209",
                "persistent-chat-failover",
                "failover.yaml",
                "ab".repeat(32),
                Map.of("pool_fqdn", "atl-cs-001.litwareinc.com"),
                new Actor("jdoe", "dr-jump1", 4711, "0.1.0"));
    }

    private static List<RunEvent> everyKind() {
        Map<String, Value> columns = new LinkedHashMap<>();
        columns.put("FirstLSN", new Value.Number(new BigDecimal("1234567890123456789012345")));
        columns.put("IsDamaged", Value.of(false));
        columns.put("Collation", Value.NOTHING);
        columns.put("Servers", Value.of(List.of("pc21.litwareinc.com", "pc22")));
        columns.put("Text", Value.of("\"{}' 雪 \n"));
        columns.put("Nested", new Value.Fields(Map.of("A", Value.of(1))));
        Row row = new Row(columns);
        Trouble trouble = new Trouble("3101", "lasting", true, "in use", List.of("3013"), Optional.of("f.yaml:1:2"));
        return List.of(
                start(),
                new RunEvent.StepBegun("4.2"),
                new RunEvent.FactAsked("4.2", Phase.WHEN, "mgc is online", true, Finding.found(List.of(row))),
                new RunEvent.FactAsked(
                        "4.2",
                        Phase.REQUIRE,
                        "mgc is online",
                        false,
                        Finding.notTrue(
                                List.of(row), List.of(new Finding.Mismatch("state_desc", "RESTORING", "ONLINE")))),
                new RunEvent.FactAsked("4.2", Phase.DONE_WHEN, "x", true, Finding.cannotBeAsked(trouble)),
                new RunEvent.Remembered("4.2", "last", List.of(row, Row.EMPTY)),
                new RunEvent.QuestionAsked(
                        "4.2",
                        Optional.of(new OpenQuestion(
                                "0123456789ab",
                                "confirm",
                                "4.2",
                                "Recover?",
                                Optional.of("RECOVER"),
                                List.of(new OpenQuestion.Way("skip", "REASON", "go on without it"))))),
                new RunEvent.Answered("4.2", "really?", "4.2", true, "jdoe"),
                new RunEvent.AttemptStarted(Work.of("4.2"), 1, 2),
                new RunEvent.Sent(Work.of("4.2"), 1, 1, "sqlb", "RESTORE DATABASE [mgc] WITH RECOVERY"),
                new RunEvent.FilesChosen(Work.undo("4.2", 1), List.of(row), List.of("sub (a folder)")),
                new RunEvent.FilesCopied(Work.of("4.2"), List.of(row)),
                new RunEvent.CameBack(Work.of("4.2"), 1, 1, Optional.of(trouble), Optional.of("it was so")),
                new RunEvent.CameBack(
                        Work.of("4.2"), 1, 2, Optional.empty(), Optional.empty(), List.of("Processed 9 pages")),
                new RunEvent.AttemptFailed(Work.of("4.2"), 1, trouble),
                new RunEvent.RetryScheduled(Work.of("4.2"), 2, 5000),
                new RunEvent.StepSkipped("5", "the operator"),
                new RunEvent.StepAlreadyDone("6"),
                new RunEvent.StepDone("4.2"),
                new RunEvent.StepFailed("7", trouble, true),
                new RunEvent.StepInDoubt("7", trouble),
                new RunEvent.Decided("7", Decision.DONE_BY_HAND, "seen", "jdoe"),
                new RunEvent.NoteTaken("hello", "jdoe"),
                new RunEvent.VariableChanged("log_share", "D:\\x", "jdoe"),
                new RunEvent.RollbackStarted(List.of("7", "4.2"), "jdoe"),
                new RunEvent.StepUndone("7", "by its action"),
                new RunEvent.StepLeft("6", "it does no harm", List.of("7")),
                new RunEvent.UndoFailed("4.2", trouble, "call somebody"),
                new RunEvent.RunStopped(Ending.ROLLBACK_INCOMPLETE, "4.2 could not be taken back"),
                new RunEvent.FilesKept(Map.of("site.yaml", "ef".repeat(32))),
                new RunEvent.RunResumed(
                        Optional.empty(), "cd".repeat(32), Map.of(), new Actor("jdoe", "dr-jump2", 5, "0.1.0")));
    }

    private static List<Class<?>> leaves(Class<?> type) {
        return type.isRecord()
                ? List.of(type)
                : java.util.Arrays.stream(type.getPermittedSubclasses())
                        .<Class<?>>flatMap(permitted -> leaves(permitted).stream())
                        .distinct()
                        .toList();
    }
}
