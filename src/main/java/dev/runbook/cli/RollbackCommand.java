package dev.runbook.cli;

import dev.runbook.console.ExitCode;
import dev.runbook.console.Refusal;
import dev.runbook.console.Surroundings;
import dev.runbook.engine.RollbackOutline;
import dev.runbook.event.Ending;
import dev.runbook.session.Answers;
import dev.runbook.session.ExistingRun;
import dev.runbook.session.ResumedRunbook;
import dev.runbook.session.RunSession;
import dev.runbook.site.Given;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code rollback}: takes back what a run started. */
@CommandLine.Command(
        name = "rollback",
        mixinStandardHelpOptions = true,
        description = {
            "Takes back what a run started, the last step first, down to the newest point of no return that was passed.",
            "Shows the list and touches nothing unless --go is given."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  runbook rollback runs/2026-11-21T03-12-09Z-failover        shows what would be taken back",
            "  runbook rollback runs/2026-11-21T03-12-09Z-failover --go   does it"
        })
final class RollbackCommand implements CommandTree.Command {
    private final Surroundings surroundings;

    @Parameters(paramLabel = "RUN", description = "The folder of the run, or its id.")
    private String run = "";

    @Option(names = "--go", description = "Takes it back. Without it the list is shown, and nothing else happens.")
    private boolean go;

    @Mixin
    private ResumeCommand.TakeOver takeOver = new ResumeCommand.TakeOver();

    @Mixin
    private VariableOptions variables = new VariableOptions();

    @Mixin
    private RunsOption runs = new RunsOption();

    RollbackCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public boolean worksOnServers() {
        return true;
    }

    @Override
    public ExitCode execute() {
        ExistingRun existing = ExistingRun.open(runs.run(run, surroundings));
        if (existing.state().ending().filter(Ending.ROLLED_BACK::equals).isPresent()) {
            throw Refusal.usage("The run " + existing.folder().id() + " is taken back already.");
        }
        ResumedRunbook runbook = ResumedRunbook.of(existing, Optional.empty(), false, surroundings);
        List<Map<String, Given>> values = variables.over(existing.folder().site(), runbook.opened(), surroundings);
        RollbackOutline.lines(existing.outline(runbook.opened(), values, surroundings), existing.state())
                .forEach(surroundings.out()::println);
        if (!go) {
            surroundings.err().println("Nothing was touched. Add --go to take this back.");
            return ExitCode.DONE;
        }
        String command = RunSession.rollbackCommand(existing.folder(), surroundings);
        takeOver.apply(existing.folder(), command, surroundings);
        ExitCode code = existing.goOn(
                surroundings,
                new ExistingRun.Resumption(runbook.opened(), values, Answers.NONE, command),
                RunCommand.REAL,
                engine -> engine.rollBack(surroundings.actor().name()));
        // what is a failure of a run is what was asked for here
        return code == ExitCode.FAILED_UNCHANGED ? ExitCode.DONE : code;
    }
}
