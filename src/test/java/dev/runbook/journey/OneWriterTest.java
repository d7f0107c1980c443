package dev.runbook.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.endpoint.Operator;
import dev.runbook.endpoint.Question;
import dev.runbook.endpoint.Reply;
import dev.runbook.engine.Engine;
import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.journal.Entry;
import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.Sessions;
import dev.runbook.rehearsal.scene.Scene;
import dev.runbook.terminal.GivenAnswers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One copy of mgc takes writes, and what it took is never lost: in every moment of both runbooks, and on the way back. */
class OneWriterTest {
    private static final Path FAILOVER = Path.of("runbooks/failover.yaml");
    private static final Path FAILBACK = Path.of("runbooks/failback.yaml");
    private static final String A = "SQLA\\RTC";
    private static final String B = "SQLB\\RTC";
    private static final Scene.FaultSpec.Complaint LASTING =
            new Scene.FaultSpec.Complaint(50000, "No. (A fault of the test.)");

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource({"failover, dc1-lost", "failover, dc1-answers", "failback, dc1-rebuilt"})
    void atNoMomentOfARunTwoCopiesTakeWrites(String runbook, String scene) throws IOException {
        try (Rig rig = new Rig(folder, scene)) {
            EstateInvariants invariants = new EstateInvariants(rig.estate);
            List<String> broken = new ArrayList<>();

            Ending end = rig.run(
                    Path.of("runbooks", runbook + ".yaml"),
                    rig.file("journal.jsonl"),
                    Engine.OnFailure.STOP,
                    Map.of(),
                    entry -> invariants.writers().forEach(one -> broken.add(one + " after " + entry.event())));

            assertThat(end).isEqualTo(Ending.DONE);
            assertThat(broken).isEmpty();
        }
    }

    @Test
    void theLastMessagesOfAnOldPrimaryThatAnswersArriveAndItIsFrozen() throws IOException {
        try (Rig rig = new Rig(folder, "dc1-answers")) {
            assertThat(rig.run(FAILOVER, rig.file("journal.jsonl"))).isEqualTo(Ending.DONE);

            assertThat(mgc(rig, B).contents().messages()).hasSize(230).contains("unsaved message 5");
            assertThat(mgc(rig, A).status()).isEqualTo(Database.Status.RESTORING);
            assertThat(mgc(rig, A).mirroring()).isEmpty();
        }
    }

    @Test
    void anOldPrimaryThatComesBackUnfrozenKeepsTheFailoverFromBringingASecondCopyOnline() throws IOException {
        String down = "running: true}\n    databases:\n      mgc: {state: shipping, mirror: sqlam} ";
        String scene =
                Variant.of(folder, "dc1-answers", down, down.replace("databases:", "running: false\n    databases:"));
        try (Rig rig = new Rig(folder, scene)) {
            Ending end = rig.run(
                    FAILOVER,
                    rig.file("journal.jsonl"),
                    Engine.OnFailure.STOP,
                    Map.of(),
                    entry -> when(entry, begins("4.2"), () -> rig.estate.up("sqla", true)));

            assertThat(end).isNotEqualTo(Ending.DONE);
            assertThat(mgc(rig, B).writable()).isFalse();
            assertThat(last(rig)).contains("old primary");
        }
    }

    @Test
    void whoeverReconnectsBeforeTheLastLogBackupIsNamedAndTheStepCanBeTriedAgain() throws IOException {
        try (Rig rig = new Rig(folder, "dc1-answers")) {
            rig.estate.arm(fault("BACKUP LOG*", 3101));

            Ending end = rig.run(FAILOVER, rig.file("journal.jsonl"));

            assertThat(end).isEqualTo(Ending.FAILED_CHANGED);
            assertThat(failed(rig)).isEqualTo("0.4");
            assertThat(sent(rig, "BACKUP LOG")).isEqualTo(3);
            rig.estate.disarm();
            assertThat(rig.run(FAILOVER, rig.file("journal.jsonl"))).isEqualTo(Ending.DONE);
            assertThat(mgc(rig, B).contents().messages()).contains("unsaved message 5");
        }
    }

    @Test
    void whoeverReconnectedIsDrainedOnceMoreDirectlyBeforeTheLastLogBackup() throws IOException {
        try (Rig rig = new Rig(folder, "dc1-answers")) {
            Path journal = rig.file("journal.jsonl");
            rig.estate.arm(fault("BACKUP LOG*", 3101));
            rig.run(FAILOVER, journal);
            rig.estate.disarm();
            rig.estate.change(state -> state.change(
                    A,
                    server -> server.with(server.sessions()
                            .plus(new Sessions.Connection(
                                    99,
                                    "PC11$",
                                    "PC11",
                                    "chat",
                                    "mgc",
                                    Sessions.Connection.WAITING,
                                    LocalDateTime.ofInstant(rig.time.instant(), ZoneOffset.UTC),
                                    Sessions.Connection.Kind.READER)))));

            assertThat(rig.run(FAILOVER, journal))
                    .as("its session is in the way")
                    .isEqualTo(Ending.FAILED_CHANGED);
            assertThat(rig.again(FAILOVER, journal, "0.4-drain")).isEqualTo(Ending.DONE);

            List<String> sent = Recording.sent(
                    rig.entries("journal.jsonl").stream().map(Entry::event).toList());
            assertThat(sent.get(sent.indexOf("KILL 99") + 1)).startsWith("BACKUP LOG [mgc]");
            assertThat(mgc(rig, B).contents().messages()).contains("unsaved message 5");
        }
    }

    @Test
    void aFailbackThatIsTakenBackAfterTheFreezeLeavesMgcInDc2OpenAndLosesNothingWhenItIsBegunAgain()
            throws IOException {
        try (Rig rig = new Rig(folder, "dc1-rebuilt")) {
            rig.person = new GivenAnswers.RehearsalOperator(yes(), false, rig.estate::confirmed);
            rig.estate.arm(fault("RESTORE DATABASE*", 50000));
            assertThat(rig.run(FAILBACK, rig.file("journal.jsonl"), Engine.OnFailure.ROLLBACK, Map.of(), entry -> {}))
                    .isEqualTo(Ending.ROLLED_BACK);
            assertThat(mgc(rig, B).writable()).isTrue();
            rig.estate.disarm();
            rig.estate.become(rig.estate
                    .state()
                    .change(B, server -> server.change("mgc", mgc -> mgc.written("meanwhile"))));

            // begun again under the same name, so that the backup of the first run lies where the second one writes its
            // own
            assertThat(rig.run(FAILBACK, rig.file("second.jsonl"))).isEqualTo(Ending.DONE);

            assertThat(mgc(rig, A).contents().messages()).contains("meanwhile");
        }
    }

    @Test
    void aFailbackThatIsBegunAgainFindsMgcFrozenAndCarriesItOver() throws IOException {
        try (Rig rig = new Rig(folder, "dc1-rebuilt")) {
            EstateInvariants invariants = new EstateInvariants(rig.estate);
            rig.estate.arm(fault("BACKUP DATABASE*", 50000));
            assertThat(rig.run(FAILBACK, rig.file("first.jsonl"))).isEqualTo(Ending.FAILED_CHANGED);
            assertThat(mgc(rig, B).options().readOnly()).isTrue();
            rig.estate.disarm();

            // the first run has emptied the active list, so that there is nothing for the second to remember
            assertThat(rig.run(FAILBACK, rig.file("second.jsonl"))).isEqualTo(Ending.DONE);

            assertThat(invariants.missing("failback")).isEmpty();
            assertThat(rig.entries("second.jsonl"))
                    .extracting(Entry::event)
                    .contains(new RunEvent.StepAlreadyDone("3-freeze"));
        }
    }

    @Test
    void goingBackPastTheOpeningOfDc1NeedsTheWordThatSaysWhatIsLost() throws IOException {
        try (Rig rig = new Rig(folder, "dc1-rebuilt")) {
            List<Question> asked = new ArrayList<>();
            Operator person = question -> {
                asked.add(question);
                return question.kind() == Question.Kind.UNDO
                        ? new Reply.Answered("no", "", "jdoe")
                        : yes().ask(question);
            };
            rig.person = new GivenAnswers.RehearsalOperator(person, false, rig.estate::confirmed);
            rig.estate.arm(fault("EXEC *sp_add_log_shipping_primary_database*", 50000));

            Ending end = rig.run(FAILBACK, rig.file("journal.jsonl"), Engine.OnFailure.ROLLBACK, Map.of(), entry -> {});

            assertThat(end).isEqualTo(Ending.ROLLBACK_INCOMPLETE);
            assertThat(asked)
                    .filteredOn(question -> question.kind() == Question.Kind.UNDO)
                    .extracting(Question::expected)
                    .containsExactly("LOSE IT");
            assertThat(mgc(rig, A).writable()).isTrue();
            assertThat(mgc(rig, B).writable()).isFalse();
        }
    }

    @Test
    void goingBackPastTheOpeningOfDc1ClosesItBeforeDc2IsOpened() throws IOException {
        String noMirror = ", mirror: sqlam";
        String scene = Variant.of(
                folder,
                "dc1-rebuilt",
                noMirror,
                "",
                "databases: {primary: sqla, backup",
                "databases: {primary: sqla, backup",
                "  primary_mirror_sql: {server: sqlam}\n",
                "");
        try (Rig rig = new Rig(folder, scene)) {
            EstateInvariants invariants = new EstateInvariants(rig.estate);
            List<String> broken = new ArrayList<>();
            rig.person = new GivenAnswers.RehearsalOperator(yes(), false, rig.estate::confirmed);
            rig.estate.arm(fault("EXEC *sp_add_log_shipping_primary_database*", 50000));

            Ending end = rig.run(
                    FAILBACK,
                    rig.file("journal.jsonl"),
                    Engine.OnFailure.ROLLBACK,
                    Map.of(),
                    entry -> invariants.writers().forEach(one -> broken.add(one.how())));

            assertThat(end).as(last(rig)).isEqualTo(Ending.ROLLED_BACK);
            assertThat(broken).isEmpty();
            assertThat(mgc(rig, A).writable()).isFalse();
            assertThat(mgc(rig, B).writable()).isTrue();
        }
    }

    @Test
    void goingBackDoesNotOpenDc2WhileThePrimaryMirrorHasTakenOver() throws IOException {
        try (Rig rig = new Rig(folder, "dc1-rebuilt")) {
            EstateInvariants invariants = new EstateInvariants(rig.estate);
            List<String> broken = new ArrayList<>();
            Operator person = question -> question.text().contains("no mirror copy of mgc on the primary")
                    ? new Reply.Answered("pause", "", "jdoe")
                    : yes().ask(question);
            rig.person = new GivenAnswers.RehearsalOperator(person, false, rig.estate::confirmed);
            rig.estate.arm(fault("EXEC *sp_add_log_shipping_primary_database*", 50000));

            Ending end = rig.run(FAILBACK, rig.file("journal.jsonl"), Engine.OnFailure.ROLLBACK, Map.of(), entry -> {
                when(
                        entry,
                        begins("5"),
                        () -> rig.estate.change(
                                state -> OldPrimary.BACK_AS_MIRROR.in(state).orElseThrow()));
                invariants.writers().forEach(one -> broken.add(one.how()));
            });

            assertThat(end).as(last(rig)).isEqualTo(Ending.ROLLBACK_INCOMPLETE);
            assertThat(broken).isEmpty();
            assertThat(mgc(rig, B).writable()).isFalse();
        }
    }

    @Test
    void mgcInDc2ThatWasOpenedBehindTheRunsBackIsNotOverwritten() throws IOException {
        try (Rig rig = new Rig(folder, "dc1-rebuilt")) {
            Ending end = rig.run(
                    FAILBACK,
                    rig.file("journal.jsonl"),
                    Engine.OnFailure.STOP,
                    Map.of(),
                    entry -> when(entry, begins("5-restore"), () -> unfreeze(rig)));

            assertThat(end).isEqualTo(Ending.FAILED_CHANGED);
            assertThat(failed(rig)).isEqualTo("5-restore");
            assertThat(mgc(rig, B).writable()).isTrue();
        }
    }

    private static void unfreeze(Rig rig) {
        try {
            rig.type(FAILBACK, "backup_sql", "ALTER DATABASE [mgc] SET READ_WRITE WITH ROLLBACK IMMEDIATE");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void when(Entry entry, Predicate<RunEvent> which, Runnable then) {
        if (which.test(entry.event())) {
            then.run();
        }
    }

    private static Predicate<RunEvent> begins(String step) {
        return new RunEvent.StepBegun(step)::equals;
    }

    /** Does by hand what is asked, and says the word that means yes. */
    private static Operator yes() {
        return question -> {
            List<String> words =
                    question.choices().stream().map(Question.Choice::word).toList();
            String word = Stream.of("back", "go", "done")
                    .filter(words::contains)
                    .findFirst()
                    .orElse(question.expected());
            return new Reply.Answered(word, "seen", "jdoe");
        };
    }

    private static Scene.FaultSpec fault(String at, int number) {
        Scene.FaultSpec.Complaint complaint =
                number == 50000 ? LASTING : new Scene.FaultSpec.Complaint(number, "In use. (A fault of the test.)");
        return new Scene.FaultSpec(
                at, Optional.empty(), Scene.FaultSpec.Kind.ERROR_BEFORE, Integer.MAX_VALUE, complaint);
    }

    private static Database mgc(Rig rig, String server) {
        return rig.estate.state().server(server).database("mgc").orElseThrow();
    }

    private static String failed(Rig rig) {
        return rig.entries("journal.jsonl").stream()
                .map(Entry::event)
                .filter(RunEvent.StepFailed.class::isInstance)
                .map(event -> ((RunEvent.StepFailed) event).step())
                .findFirst()
                .orElse("");
    }

    private static long sent(Rig rig, String beginning) {
        return rig.entries("journal.jsonl").stream()
                .map(Entry::event)
                .filter(RunEvent.Sent.class::isInstance)
                .filter(event -> ((RunEvent.Sent) event).text().startsWith(beginning))
                .count();
    }

    private static String last(Rig rig) {
        List<Entry> entries = rig.entries("journal.jsonl");
        return entries.subList(Math.max(0, entries.size() - 4), entries.size()).toString();
    }
}
