package dev.runbook.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.runbook.event.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The playbook of examples/ansible on a real Ansible, against five sites in two waves. */
@Tag("process")
class FleetTest {
    private static final int NOT_ALL_DONE = 2;
    private static final List<String> SITES = List.of("ankara", "bergen", "cadiz", "dover", "essen");

    @TempDir
    private Path folder;

    @Test
    void killedRunsAndControllersLoseNothingTwoControllersAtOnceDoNothingTwiceAndAFailingSiteStopsNoOther()
            throws IOException {
        assumeTrue(Fleet.isPossible(), "no ansible-playbook here");
        try (Fleet fleet = Fleet.start(folder, SITES, "bergen"::equals, "dover"::equals)) {
            aCheckChangesNothing(fleet);
            aControllerIsKilledInTheFirstWaveAndARunWithIt(fleet);
            twoControllersContinue(fleet);
            theEstatesAndTheJournalsAreWhole(fleet);
        }
    }

    /** Twenty of them, with the time and the memory that it takes; with {@code -Dfleet.large=true}, which the profile full sets. */
    @Test
    void twentySitesOnOneComputerEndAsTheTableSaysAndAreMeasured() throws IOException {
        assumeTrue(Boolean.getBoolean("fleet.large"), "only with -Dfleet.large=true");
        assumeTrue(Fleet.isPossible(), "no ansible-playbook here");
        List<String> sites =
                IntStream.rangeClosed(1, 20).mapToObj("site%02d"::formatted).toList();
        try (Fleet fleet = Fleet.start(folder, sites, unused -> false, "site13"::equals);
                Fleet.Memory memory = fleet.watch()) {
            Program.Ended waiting = timed("check everywhere, and run to the first question", fleet, memory, "[]");
            assertThat(fleet.table(waiting.printed()).values())
                    .filteredOn("needs answer"::equals)
                    .hasSize(19);
            String question = fleet.question("site01");
            String approvals = sites.stream()
                    .map(site -> "{\"site\": \"%s\", \"id\": \"%s\", \"answer\": \"yes\", \"by\": \"alice\"}"
                            .formatted(site, question))
                    .collect(Collectors.joining(", ", "[", "]"));
            Program.Ended done = timed("answer all of them, and run to the end", fleet, memory, approvals);

            assertThat(fleet.table(done.printed()).values())
                    .as(done.printed())
                    .filteredOn("done"::equals)
                    .hasSize(19);
            for (String site : sites) {
                Program.Ended audit = fleet.site(site).estate().run("check", "audit.yaml", "--vars", "site.yaml");
                assertThat(audit.exit()).as(audit.printed()).isZero();
            }
        }
    }

    private static Program.Ended timed(String what, Fleet fleet, Fleet.Memory memory, String approvals)
            throws IOException {
        long begun = System.nanoTime();
        try (Program playbook =
                fleet.play("ctl1", List.of("-e", "{\"waves\": [20], \"runbook_approvals\": " + approvals + "}"))) {
            Program.Ended ended = Fleet.end(playbook);
            String line = "%s: %d s; memory of a run at most, in MB: %s%n"
                    .formatted(what, (System.nanoTime() - begun) / 1_000_000_000, memory.megabytes());
            Path kept = Files.createDirectories(Path.of("target", "fleet"));
            Files.writeString(kept.resolve("twenty.txt"), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return ended;
        }
    }

    private void aCheckChangesNothing(Fleet fleet) throws IOException {
        try (Program playbook = fleet.play("ctl1", List.of("--check", "-v", "--limit", "ankara"))) {
            Program.Ended ended = Fleet.end(playbook);
            Fleet.keep("five-check.txt", playbook);
            assertThat(ended.exit()).as(ended.printed()).isZero();
            assertThat(fleet.table(ended.printed())).isEqualTo(Map.of("ankara", "checked"));
            assertThat(ended.printed()).as("the plan").contains("The second");
            assertNoPassword(ended.printed(), fleet);
        }
        assertThat(fleet.run("ankara")).doesNotExist();
    }

    private void aControllerIsKilledInTheFirstWaveAndARunWithIt(Fleet fleet) throws IOException {
        try (Program playbook = fleet.play("ctl1", List.of("-vvv", "-e", "{\"waves\": [2, 3]}"))) {
            Fleet.until("bergen sends its first backup", () -> sent(fleet, "bergen", "1") > 0);
            List<ProcessHandle> runs = fleet.processes("bergen");
            assertThat(runs).as("processes that work on bergen").isNotEmpty();
            runs.forEach(ProcessHandle::destroyForcibly);
            Fleet.until("ankara sends its first backup", () -> sent(fleet, "ankara", "1") > 0);
            Fleet.cut(playbook);
            Fleet.keep("five-killed.txt", playbook);
            assertNoPassword(playbook.printed(), fleet);
        }
        Fleet.until(
                "ankara works on alone, to its question",
                () -> fleet.events("ankara").stream().anyMatch(RunEvent.RunStopped.class::isInstance));

        assertThat(fleet.events("bergen")).noneMatch(RunEvent.RunStopped.class::isInstance);
        assertThat(List.of("cadiz", "dover", "essen"))
                .as("the second wave waits for the first")
                .noneMatch(site -> Files.exists(fleet.run(site)));
    }

    private void twoControllersContinue(Fleet fleet) throws IOException {
        String question = fleet.question("ankara");
        Path approvals = fleet.approvals(List.of(
                "{site: ankara, id: " + question + ", answer: 'yes', by: alice}",
                "{site: bergen, id: " + question + ", answer: 'yes', by: alice}",
                "{site: cadiz, id: '000000000000', answer: 'yes', by: bob}",
                "{site: essen, id: " + question + ", answer: 'yes', by: bob}"));
        List<String> arguments = List.of("-e", "@" + approvals, "-e", "{\"waves\": [2, 3]}");
        // the second computer has nothing but the inventory, and looks after two of the sites
        try (Program all = fleet.play("ctl1", arguments);
                Program some = fleet.play("ctl2", with(arguments, "--limit", "ankara,bergen"))) {
            Program.Ended ofSome = Fleet.end(some);
            Program.Ended ofAll = Fleet.end(all);
            Fleet.keep("five-some.txt", some);
            Fleet.keep("five-all.txt", all);
            assertThat(fleet.table(ofSome.printed()))
                    .as(ofSome.printed())
                    .isEqualTo(Map.of("ankara", "done", "bergen", "done"));
            assertThat(ofSome.exit()).as(ofSome.printed()).isZero();
            assertThat(fleet.table(ofAll.printed()))
                    .as(ofAll.printed())
                    .isEqualTo(Map.of(
                            "ankara", "done",
                            "bergen", "done",
                            "cadiz", "needs answer",
                            "dover", "failed changed",
                            "essen", "done"));
            assertThat(ofAll.exit()).as(ofAll.printed()).isEqualTo(NOT_ALL_DONE);
            assertThat(ofAll.printed() + ofSome.printed())
                    .as("of the two, one finds a site busy, and tries again")
                    .containsPattern("FAILED - RETRYING: \\[(ankara|bergen)]: (Run|Read how it stands) \\(");
            assertNoPassword(ofAll.printed() + ofSome.printed(), fleet);
        }
    }

    private void theEstatesAndTheJournalsAreWhole(Fleet fleet) {
        SITES.parallelStream().forEach(site -> {
            Drill drill = fleet.site(site).estate();
            Program.Ended journal = drill.run("verify-journal", fleet.run(site).toString());
            assertThat(journal.exit()).as(journal.printed()).isZero();
            Program.Ended audit = drill.run("check", "audit.yaml", "--vars", "site.yaml");
            assertThat(audit.exit()).as(audit.printed()).isZero();
        });
        for (String site : List.of("ankara", "essen")) {
            assertThat(sent(fleet, site, "1")).as(site).isOne();
            assertThat(sent(fleet, site, "2")).as(site).isOne();
        }
        assertThat(sent(fleet, "bergen", "2")).isOne();
        assertThat(sent(fleet, "cadiz", "2"))
                .as("its approval was for another question")
                .isZero();
        assertThat(answeredBy(fleet, "ankara")).startsWith("alice, as ").endsWith(" with --approve");
        assertThat(answeredBy(fleet, "essen")).startsWith("bob, as ");
    }

    private static List<String> with(List<String> arguments, String... more) {
        return Stream.concat(arguments.stream(), Stream.of(more)).toList();
    }

    private static String answeredBy(Fleet fleet, String site) {
        return fleet.events(site).stream()
                .filter(RunEvent.Answered.class::isInstance)
                .map(event -> ((RunEvent.Answered) event).by())
                .findFirst()
                .orElse("nobody");
    }

    private static long sent(Fleet fleet, String site, String step) {
        return fleet.events(site).stream()
                .filter(RunEvent.Sent.class::isInstance)
                .filter(event -> ((RunEvent.Sent) event).work().step().equals(step))
                .count();
    }

    private static void assertNoPassword(String printed, Fleet fleet) {
        SITES.forEach(
                site -> assertThat(printed).doesNotContain(fleet.site(site).password()));
    }
}
