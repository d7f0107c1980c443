package dev.runbook.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.event.Decision;
import dev.runbook.event.Ending;
import dev.runbook.event.Finding;
import dev.runbook.event.Phase;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Trouble;
import dev.runbook.event.Work;
import dev.runbook.journal.Entry;
import dev.runbook.journey.EstateInvariants.Broken;
import dev.runbook.journey.EstateInvariants.Invariant;
import dev.runbook.rehearsal.model.Database;
import dev.runbook.rehearsal.model.LogShipping;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the invariants are there to see, they see. */
class EstateInvariantsTest {
    private static final String A = "SQLA\\RTC";
    private static final String B = "SQLB\\RTC";

    @TempDir
    Path folder;

    @Test
    void aSecondCopyThatTakesWritesIsSeen() throws IOException {
        try (Rig rig = new Rig(folder, "dc1-answers")) {
            EstateInvariants invariants = new EstateInvariants(rig.estate);

            open(rig);

            assertThat(invariants.writers())
                    .containsExactly(new Broken(Invariant.ONE_WRITER, "mgc takes writes on " + A + " and on " + B));
            assertThat(invariants.broken(List.of(), ""))
                    .extracting(Broken::invariant)
                    .containsExactly(Invariant.ONE_WRITER);
        }
    }

    @Test
    void whatSomethingElseHasBrokenIsNotTheRunsDoing() throws IOException {
        try (Rig rig = new Rig(folder, "dc1-answers")) {
            EstateInvariants invariants = new EstateInvariants(rig.estate);
            EstateInvariants other = invariants.fork();

            open(rig);
            invariants.somethingElseChanged(List.of());

            assertThat(invariants.writers()).isEmpty();
            assertThat(invariants.broken(List.of(), "")).isEmpty();
            assertThat(other.writers()).hasSize(1);
        }
    }

    /** Somebody brings mgc online on the backup server. */
    private static void open(Rig rig) {
        rig.estate.change(state -> state.change(
                B,
                server -> server.change(
                        "mgc", mgc -> mgc.with(Database.Status.ONLINE).with(Database.Options.USUAL))));
    }

    @Test
    void chatServersWithoutADatabaseAreSeenUnlessTheClosingLinesSaySo() throws IOException {
        try (Rig rig = new Rig(folder, "dc1-rebuilt")) {
            EstateInvariants invariants = new EstateInvariants(rig.estate);

            rig.estate.change(state -> state.change(
                            B, server -> server.change("mgc", mgc -> mgc.with(Database.Status.OFFLINE)))
                    .change("SQLBM\\RTC", server -> server.up(false)));

            assertThat(invariants.broken(List.of(), "Failed at step 9."))
                    .extracting(Broken::invariant)
                    .containsExactly(Invariant.SERVED);
            assertThat(invariants.broken(List.of(), "Failed at step 9. Users have no chat."))
                    .isEmpty();
        }
    }

    @Test
    void logShippingThatIsGoneAndNowhereWrittenDownIsSeen() throws IOException {
        try (Rig rig = new Rig(folder, "dc1-lost")) {
            EstateInvariants invariants = new EstateInvariants(rig.estate);

            rig.estate.change(state -> state.change(B, server -> server.with(LogShipping.NONE)));

            assertThat(invariants.broken(List.of(), ""))
                    .extracting(Broken::invariant)
                    .contains(Invariant.WRITTEN_DOWN)
                    .containsOnly(Invariant.WRITTEN_DOWN);
        }
    }

    @Test
    void whatIsSentTwiceIsSeenUnlessAFactAPersonOrTheServerSaidThatItDidNothing() throws IOException {
        try (Rig rig = new Rig(folder, "dc1-lost")) {
            EstateInvariants invariants = new EstateInvariants(rig.estate);
            RunEvent sent = new RunEvent.Sent(Work.of("1"), 1, 1, "sqlb", "EXEC x");
            RunEvent lost = back(new Trouble("lost", "transient", true, "Gone.", List.of(), Optional.empty()));
            RunEvent refused = back(Trouble.of("50000", "No."));
            RunEvent well = new RunEvent.CameBack(Work.of("1"), 1, 1, Optional.empty(), Optional.empty());
            RunEvent denied = asked(Finding.notTrue(List.of(), List.of()));
            RunEvent unknown = asked(Finding.cannotBeAsked(Trouble.of("x", "x")));
            RunEvent person = new RunEvent.Decided("1", Decision.RETRY, "", "jdoe");

            assertThat(again(invariants, sent, well, sent)).hasSize(1);
            assertThat(again(invariants, sent, lost, sent)).hasSize(1);
            assertThat(again(invariants, sent, lost, unknown, sent)).hasSize(1);
            assertThat(again(invariants, sent, denied, well, asked(Finding.found(List.of())), sent))
                    .hasSize(1);
            assertThat(invariants.broken(journal(sent, lost, sent), "", Set.of("1")))
                    .as("its author allows it")
                    .isEmpty();
            assertThat(again(invariants, sent, refused, sent)).isEmpty();
            assertThat(again(invariants, sent, lost, denied, sent)).isEmpty();
            assertThat(again(invariants, sent, well, person, sent)).isEmpty();
            assertThat(again(invariants, sent, well, new RunEvent.StepUndone("1", "by its rollback"), sent))
                    .isEmpty();
        }
    }

    private static RunEvent back(Trouble trouble) {
        return new RunEvent.CameBack(Work.of("1"), 1, 1, Optional.of(trouble), Optional.empty());
    }

    private static RunEvent asked(Finding finding) {
        return new RunEvent.FactAsked("1", Phase.DONE_WHEN, "it is done", true, finding);
    }

    private static List<Broken> again(EstateInvariants invariants, RunEvent... events) {
        return invariants.broken(journal(events), "");
    }

    private static List<Entry> journal(RunEvent... events) {
        List<Entry> journal = new ArrayList<>();
        for (RunEvent event : events) {
            journal.add(new Entry(journal.size() + 1L, Instant.EPOCH, event, ""));
        }
        return journal;
    }

    @Test
    void whatARunbookPromisesIsNotSoBeforeItIsCarriedOut() throws IOException {
        try (Rig rig = new Rig(folder, "dc1-answers")) {
            EstateInvariants invariants = new EstateInvariants(rig.estate);

            assertThat(invariants.missing("failover"))
                    .contains(
                            "not so: mgc is online and writable on " + B,
                            "not so: mgc is principal and in step on " + B,
                            "not so: the state of the pool is FailedOver",
                            "not so: mgc is no log shipping secondary any more");
            assertThat(invariants.missing("failback")).isNotEmpty();
        }
    }

    @Test
    void aJournalThatIsShorterOrChangedIsSeen() {
        byte[] before = "one\ntwo\n".getBytes(StandardCharsets.UTF_8);

        for (String after : List.of("one\n", "", "one\nTwo\n", "ONE\ntwo\nthree\n")) {
            assertThat(EstateInvariants.ofTheJournal(before, after.getBytes(StandardCharsets.UTF_8)))
                    .as(after)
                    .extracting(Broken::invariant)
                    .containsExactly(Invariant.JOURNAL_GROWS);
        }
        for (String after : List.of("one\ntwo\n", "one\ntwo\nthree\n")) {
            assertThat(EstateInvariants.ofTheJournal(before, after.getBytes(StandardCharsets.UTF_8)))
                    .isEmpty();
        }
    }

    @Test
    void aProcessThatBreaksOrWhoseEndIsNotInItsJournalIsSeen() {
        RunEvent begun = new RunEvent.StepBegun("1");
        RunEvent paused = new RunEvent.RunStopped(Ending.PAUSED, "Paused.");
        RunEvent done = new RunEvent.RunStopped(Ending.DONE, "Done.");

        assertThat(EstateInvariants.ofTheEnd(Optional.empty(), "an exception", journal(begun, done)))
                .containsExactly(new Broken(Invariant.ENDS, "it broke: an exception"));
        assertThat(EstateInvariants.ofTheEnd(Optional.of(Ending.DONE), "", journal(begun)))
                .containsExactly(new Broken(Invariant.ENDS, "it says DONE, and its journal says nothing"));
        assertThat(EstateInvariants.ofTheEnd(Optional.of(Ending.PAUSED), "", journal(paused, begun, done)))
                .as("an earlier process ended so")
                .containsExactly(new Broken(Invariant.ENDS, "it says PAUSED, and its journal says DONE"));
        assertThat(EstateInvariants.ofTheEnd(Optional.of(Ending.DONE), "", journal(paused, begun, done)))
                .isEmpty();
    }
}
