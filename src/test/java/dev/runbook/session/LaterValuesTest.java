package dev.runbook.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.runbook.base.Source;
import dev.runbook.engine.Engine.SiteChange.Outcome;
import dev.runbook.event.Actor;
import dev.runbook.event.RunEvent;
import dev.runbook.event.Work;
import dev.runbook.language.Runbook;
import dev.runbook.lint.Linter;
import dev.runbook.plan.Plan;
import dev.runbook.runs.RunArchive;
import dev.runbook.runs.RunFolder;
import dev.runbook.site.Site;
import dev.runbook.site.SiteBinder;
import dev.runbook.site.SuppliedValue;
import dev.runbook.state.RunFold;
import dev.runbook.state.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LaterValuesTest {
    private static final Instant NOW = Instant.parse("2026-11-21T03:12:09Z");
    private static final String TEXT = """
        runbook: fo
        variables:
          share:  {type: path, description: where the logs are, example: '\\\\fs\\logs'}
          folder: {type: path, description: where they are copied to, default: '{{share}}\\copies'}
          count:  {type: number, description: how many, default: 3}
          word:   {type: secret, description: a password}
        steps:
          - {step: 1, title: Look, confirm: 'Is it {{count}}?'}
          - {step: 2, title: Copy, confirm: 'From {{share}} to {{folder}}?'}
        """;

    @TempDir
    Path runs;

    private final List<String> sealed = new ArrayList<>();
    private RunFolder folder;
    private LaterValues changes;
    private Plan plan;

    @BeforeEach
    void begin() throws IOException {
        Runbook runbook = new Linter().read(Source.of("fo.yaml", TEXT)).value().orElseThrow();
        List<Map<String, SuppliedValue>> values = List.of(Map.of(
                "share", SuppliedValue.of("--var", "\\\\a\\logs"), "word", SuppliedValue.of("--var", "old secret")));
        Site site = SiteBinder.withoutSecrets()
                .bind(runbook, values, "r1", "20261121031209")
                .value()
                .orElseThrow();
        plan = new Plan(runbook, site, "00");
        folder = new RunArchive(runs).make("r1", false);
        changes = new LaterValues(folder, sealed::add, values, new TypedSecret(), Optional.empty());
    }

    @Test
    void givesTheVariableAndWhatBuildsOnItTheNewValueAndKeepsIt() throws IOException {
        Outcome.Changed changed = changed(changes.change(plan, state(), "share=\\\\b\\logs"));

        assertThat(changed.shown()).isEqualTo(Map.of("share", "\\\\b\\logs", "folder", "\\\\b\\logs\\copies"));
        assertThat(changed.plan().site().shown())
                .containsEntry("folder", "\\\\b\\logs\\copies")
                .containsEntry("count", "3");
        assertThat(sealed).containsExactly(Files.readString(folder.site()));
        assertThat(Files.readString(folder.site())).contains("share: \"\\\\\\\\b\\\\logs\"");
    }

    @Test
    void aSecondChangeKeepsTheFirst() throws IOException {
        Outcome.Changed first = changed(changes.change(plan, state(), "share=\\\\b\\logs"));
        Outcome.Changed second = changed(changes.change(first.plan(), state(), "count = 5"));

        assertThat(second.plan().site().shown())
                .containsEntry("share", "\\\\b\\logs")
                .containsEntry("count", "5");
        assertThat(Files.readString(folder.site())).contains("share:").contains("count: ");
    }

    @Test
    void refusesAValueThatAFinishedStepHasUsed() {
        RunState done = state(
                new RunEvent.StepBegun("1"),
                new RunEvent.AttemptStarted(Work.of("1"), 1, 1),
                new RunEvent.StepDone("1"));

        assertThat(refused(changes.change(plan, done, "count=5"))).contains("Step 1 has used count.");
        assertThat(changes.change(plan, done, "share=\\\\b\\logs")).isInstanceOf(Outcome.Changed.class);
    }

    @Test
    void refusesAValueThatAStepInDoubtUsesThroughAnother() {
        RunState doubt = state(new RunEvent.StepBegun("2"), new RunEvent.AttemptStarted(Work.of("2"), 1, 1));

        assertThat(refused(changes.change(plan, doubt, "share=\\\\b\\logs"))).contains("Step 2 has used share.");
    }

    @Test
    void refusesWhatIsNoVariableOrNoValueOrNoChange() {
        assertThat(refused(changes.change(plan, state(), "shrae=x"))).contains("Did you mean \"share\"?");
        assertThat(refused(changes.change(plan, state(), "count"))).contains("change count=VALUE");
        assertThat(refused(changes.change(plan, state(), "count=many"))).contains("count");
        assertThat(refused(changes.change(plan, state(), "count=3"))).contains("has this value already");
    }

    @Test
    void aSecretIsAskedForUnseenShownAsDotsAndNotKept() throws IOException {
        Outcome.Changed changed = changed(changes.change(plan, state(), "word"));

        assertThat(changed.shown()).isEqualTo(Map.of("word", "••••••"));
        assertThat(Files.readString(folder.site()))
                .contains("word: {prompt: true}")
                .doesNotContain("new secret");
    }

    private static Outcome.Changed changed(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Changed.class);
        return (Outcome.Changed) outcome;
    }

    private static String refused(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).message();
    }

    private static RunState state(RunEvent... events) {
        RunFold fold = new RunFold(
                NOW,
                new RunEvent.RunStarted(
                        1,
                        "r1",
                        "20261121031209",
                        "fo",
                        "fo.yaml",
                        "00",
                        Map.of(),
                        new Actor("jdoe", "jump1", 42, "1")));
        for (RunEvent event : events) {
            fold.take(NOW, event);
        }
        return fold.state();
    }

    private static final class TypedSecret implements SiteBinder.SecretReader {
        @Override
        public Optional<String> prompt(String question) {
            return Optional.of("new secret");
        }

        @Override
        public Optional<String> file(String path) {
            return Optional.empty();
        }

        @Override
        public Optional<String> environment(String name) {
            return Optional.empty();
        }
    }
}
