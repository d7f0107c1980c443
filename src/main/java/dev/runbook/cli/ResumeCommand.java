package dev.runbook.cli;

import dev.runbook.console.ExitCode;
import dev.runbook.console.Refusal;
import dev.runbook.console.Surroundings;
import dev.runbook.engine.Engine;
import dev.runbook.session.ExistingRun;
import dev.runbook.session.ResumedRunbook;
import dev.runbook.site.Given;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code resume}: goes on with a run. */
@CommandLine.Command(
        name = "resume",
        mixinStandardHelpOptions = true,
        description = {
            "Goes on with a run where it stopped, or where a crash cut it off, also on another machine and by another"
                    + " person: all that is needed lies in the run's folder.",
            "A step of which nobody knows whether it happened is looked at first. What is done is never done again."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  runbook resume runs/2026-11-21T03-12-09Z-failover",
            "  runbook resume 2026-11-21T03-12-09Z-failover --var log_share_lost=true",
            "  runbook resume 2026-11-21T03-12-09Z-failover --decide \"4.2=done-by-hand:recovered in Management Studio\""
        })
final class ResumeCommand implements CommandTree.Command {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "RUN", description = "The folder of the run, or its id. The command list shows them all.")
    private String run = "";

    @Mixin
    private VariableOptions variables = new VariableOptions();

    @Mixin
    private AnswerOptions answers = new AnswerOptions();

    @Mixin
    private RunsOption runs = new RunsOption();

    @Option(
            names = "--without",
            paramLabel = "NAME",
            description = "From now on this optional variable is not given; may be given many times.")
    private List<String> without = List.of();

    @Option(
            names = "--runbook",
            paramLabel = "FILE",
            description =
                    "An edited runbook in place of the one that the run began with. Steps that are finished or in doubt"
                            + " must be as they were; what else changed is shown.")
    private Optional<String> edited = Optional.empty();

    ResumeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public ExitCode execute() {
        ExistingRun existing = ExistingRun.open(runs.run(run, surroundings));
        if (existing.state().isOver()) {
            throw Refusal.usage("The run " + existing.folder().id() + " is over. There is nothing to go on with.");
        }
        ResumedRunbook runbook = ResumedRunbook.of(existing, edited, surroundings);
        List<Map<String, Given>> values = variables.over(existing.folder().site(), runbook.opened(), surroundings);
        return existing.goOn(
                surroundings,
                new ExistingRun.Resumption(runbook.opened(), leftOut(values), answers.of(runbook.opened())),
                RunCommand.REAL,
                Engine::run);
    }

    private List<Map<String, Given>> leftOut(List<Map<String, Given>> values) {
        return values.stream()
                .<Map<String, Given>>map(map -> {
                    Map<String, Given> rest = new LinkedHashMap<>(map);
                    rest.keySet().removeAll(without);
                    return rest;
                })
                .toList();
    }
}
