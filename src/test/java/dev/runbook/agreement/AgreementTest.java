package dev.runbook.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.runbook.base.Source;
import dev.runbook.endpoint.Reply;
import dev.runbook.language.Runbook;
import dev.runbook.lint.Linter;
import dev.runbook.plan.Plan;
import dev.runbook.plan.PlanPrint;
import dev.runbook.site.SiteBinder;
import dev.runbook.site.SuppliedValue;
import dev.runbook.terminal.GivenAnswers;
import dev.runbook.terminal.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgreementTest {
    private static final Instant NOW = Instant.parse("2026-11-21T03:12:09Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final String TEXT = """
        runbook: fo
        variables:
          sqlb: {type: sql-server, description: backup server, example: 'sqlb\\RTC'}
          word: {type: secret, description: a password}
          file: {type: path, description: a backup, example: 'D:\\a.trn'}
        steps:
          - step: 1
            title: Restore
            server: sqlb
            sql: RESTORE LOG [mgc] FROM DISK = N'{{file}}' WITH NORECOVERY
            done-when: it is there
            confirm: Restore {{file}} as {{run.id}}?
            rollback: {not-needed: It does no harm.}
          - {step: 2, title: Tell, confirm: 'Told everybody?'}
        facts:
          it is there: {server: sqlb, sql: 'SELECT name FROM sys.databases'}
        """;

    private static final List<String> WORDS = List.of("Restore it", "", "1 step.");

    @TempDir
    Path folder;

    @Test
    void theSamePlanHasTheSameHashWheneverItIsMade() {
        assertThat(print(TEXT, "D:\\a.trn", "one").hash())
                .isEqualTo(print(TEXT, "D:\\a.trn", "another secret").hash())
                .hasSize(64);
        assertThat(print(TEXT, "D:\\b.trn", "one").hash())
                .isNotEqualTo(print(TEXT, "D:\\a.trn", "one").hash());
    }

    @Test
    void theFileHoldsNoValueAndNoSecret() throws IOException {
        Path file = folder.resolve("plan.json");
        PlanFile.of(print(TEXT, "D:\\a.trn", "Sekret17"), WORDS, NOW, "jdoe@jump1")
                .write(file);

        assertThat(Files.readString(file))
                .contains("\"word\"")
                .contains("jdoe@jump1")
                .doesNotContain("Sekret17")
                .doesNotContain("a.trn")
                .doesNotContain("sqlb\\");
        assertThat(PlanFile.read(file).plan()).isEqualTo(print(TEXT, "D:\\a.trn", "Sekret17"));
    }

    @Test
    void theFileHoldsWhatPeopleReadAndItsLastLineNamesTheHash() {
        Path file = folder.resolve("plan.json");
        PlanPrint plan = print(TEXT, "D:\\a.trn", "one");
        PlanFile.of(plan, WORDS, NOW, "jdoe@jump1").write(file);

        assertThat(Agreement.read(file).lines()).containsExactly("Restore it", "", "1 step.", "Plan " + plan.hash());
        assertThat(Agreement.read(file).made()).contains("jdoe@jump1", NOW.toString());
    }

    @Test
    void refusesATextThatIsNotThatOfItsPlan() throws IOException {
        Path file = folder.resolve("plan.json");
        PlanPrint plan = print(TEXT, "D:\\a.trn", "one");
        PlanFile.of(plan, List.of("Nothing much"), NOW, "jdoe@jump1").write(file);
        assertThatThrownBy(() -> PlanFile.read(file).agreed(file, plan, WORDS))
                .hasMessageContaining("holds a text that is not that of its plan");

        Files.writeString(file, Files.readString(file).replace("Nothing much", "Nothing at all"));
        assertThatThrownBy(() -> PlanFile.read(file)).hasMessageContaining("changed by hand");
    }

    @Test
    void refusesAFormatOfALaterVersionByItsName() throws IOException {
        Path file = folder.resolve("later.json");
        Files.writeString(file, "{\"format\": \"runbook-plan-3\", \"novelty\": true}");
        assertThatThrownBy(() -> PlanFile.read(file))
                .hasMessageContaining(
                        "has the format runbook-plan-3, and this version reads those up to runbook-plan-2")
                .hasMessageContaining("a newer version");
        Files.writeString(file, "{\"format\": \"runbook-approvals-2\", \"novelty\": true}");
        assertThatThrownBy(() -> ApprovalFile.read(file))
                .hasMessageContaining("has the format runbook-approvals-2")
                .hasMessageContaining("a newer version");
    }

    @Test
    void saysOfAFileOfTheOtherKindWhichItIs() {
        Path file = folder.resolve("file.json");
        PlanPrint plan = print(TEXT, "D:\\a.trn", "one");
        PlanFile.of(plan, WORDS, NOW, "jdoe@jump1").write(file);
        assertThatThrownBy(() -> ApprovalFile.read(file)).hasMessageContaining("holds a plan: give it with --plan");
        ApprovalFile.of(plan, Map.of("2", "yes"), NOW, LATER, "jdoe@jump1").write(file);
        assertThatThrownBy(() -> PlanFile.read(file)).hasMessageContaining("give it with --approvals");
        assertThat(Agreement.read(file).lines())
                .containsExactly("2 = yes", "Worth something until " + LATER + ", for the plan " + plan.hash());
    }

    @Test
    void showsStepByStepWhatIsAnother() {
        PlanPrint planned = print(TEXT, "D:\\a.trn", "one");
        String edited = TEXT.replace("'Told everybody?'", "'Told them?'").replace("step: 2", "step: '3'");

        assertThat(planned.differences(print(TEXT, "D:\\b.trn", "one")))
                .containsExactly("variable file has another value", "step 1: its question, what is sent");
        assertThat(planned.differences(print(edited, "D:\\a.trn", "one")))
                .containsExactly("step 2 is gone", "step 3 is new");
        assertThat(planned.differences(print(TEXT.replace("SELECT name", "SELECT *"), "D:\\a.trn", "one")))
                .containsExactly("step 1: the fact \"it is there\"");
        assertThat(planned.differences(print("# for the DBA\n" + TEXT, "D:\\a.trn", "one")))
                .singleElement()
                .asString()
                .contains("texts for people, comments");
        assertThat(planned.differences(print(TEXT, "D:\\a.trn", "one"))).isEmpty();
    }

    @Test
    void refusesARunThatIsNotTheOnePlanned() {
        Path file = folder.resolve("plan.json");
        PlanPrint planned = print(TEXT, "D:\\a.trn", "one");
        PlanFile.of(planned, WORDS, NOW, "jdoe@jump1").write(file);

        PlanFile.read(file).agreed(file, planned, WORDS);
        PlanPrint now = print(TEXT, "D:\\b.trn", "one");
        assertThatThrownBy(() -> PlanFile.read(file).agreed(file, now, WORDS))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("  - variable file has another value\n  - step 1: its question, what is sent")
                .hasMessageContaining("jdoe@jump1");
    }

    @Test
    void approvalsSayWhoGaveThemAndWhere() throws IOException {
        Path file = folder.resolve("yes.json");
        PlanPrint plan = print(TEXT, "D:\\a.trn", "one");
        ApprovalFile.of(plan, Map.of("2", "yes"), NOW, LATER, "jdoe@jump1").write(file);

        assertThat(ApprovalFile.read(file).answersFor(plan, NOW, file))
                .containsExactly(new GivenAnswers.Given(
                        "2",
                        new Reply.Answered("yes", "", "jdoe@jump1 in yes.json, made 2026-11-21T03:12:09Z"),
                        Optional.of(LATER),
                        Set.of(),
                        Optional.of(Files.getOwner(file).getName()),
                        Optional.empty()));
    }

    @Test
    void approvalsAreWorthNothingForAnotherPlanOrTooLate() {
        Path file = folder.resolve("yes.json");
        PlanPrint plan = print(TEXT, "D:\\a.trn", "one");
        ApprovalFile.of(plan, Map.of("2", "yes"), NOW, LATER, "jdoe@jump1").write(file);
        ApprovalFile read = ApprovalFile.read(file);

        PlanPrint other = print(TEXT, "D:\\b.trn", "one");
        assertThatThrownBy(() -> read.answersFor(other, NOW, file))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("another plan")
                .hasMessageContaining("variable file");
        assertThatThrownBy(() -> read.answersFor(plan, LATER, file))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("expired at 2026-11-21T03:13:09Z");
    }

    @Test
    void refusesAFileThatIsNoneOrWasChanged() throws IOException {
        Path file = folder.resolve("plan.json");
        Files.writeString(file, "{}");
        assertThatThrownBy(() -> PlanFile.read(file)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> ApprovalFile.read(file)).isInstanceOf(Refusal.class);
        Files.writeString(file, "no json");
        assertThatThrownBy(() -> PlanFile.read(file)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> PlanFile.read(folder.resolve("none"))).isInstanceOf(Refusal.class);

        PlanFile.of(print(TEXT, "D:\\a.trn", "one"), WORDS, NOW, "jdoe@jump1").write(file);
        Files.writeString(file, Files.readString(file).replace("\"runbook\" : \"fo\"", "\"runbook\" : \"fb\""));
        assertThatThrownBy(() -> PlanFile.read(file)).hasMessageContaining("changed by hand");
    }

    @Test
    void refusesApprovalsInWhichAnAnswerOrTheirEndWasChanged() throws IOException {
        Path file = folder.resolve("yes.json");
        ApprovalFile.of(print(TEXT, "D:\\a.trn", "one"), Map.of("2", "yes"), NOW, LATER, "jdoe@jump1")
                .write(file);
        String whole = Files.readString(file);

        for (String tampered : List.of(
                whole.replace("\"2\" : \"yes\"", "\"1\" : \"yes\""),
                whole.replace("2026-11-21T03:13:09Z", "2036-11-21T03:13:09Z"),
                whole.replace("jdoe@jump1", "boss@jump1"))) {
            assertThat(tampered).isNotEqualTo(whole);
            Files.writeString(file, tampered);
            assertThatThrownBy(() -> ApprovalFile.read(file)).hasMessageContaining("changed by hand");
        }
    }

    private static PlanPrint print(String text, String file, String secret) {
        Runbook runbook = new Linter().read(Source.of("fo.yaml", text)).value().orElseThrow();
        Map<String, SuppliedValue> values = Map.of(
                "sqlb", SuppliedValue.of("--var", "sqlb\\RTC"),
                "word", SuppliedValue.of("--var", secret),
                "file", SuppliedValue.of("--var", file));
        return PlanPrint.of(
                new Plan(
                        runbook,
                        SiteBinder.withoutSecrets()
                                .bind(runbook, List.of(values), PlanPrint.RUN, PlanPrint.STAMP)
                                .value()
                                .orElseThrow(),
                        Integer.toHexString(text.hashCode())),
                Map.of());
    }
}
