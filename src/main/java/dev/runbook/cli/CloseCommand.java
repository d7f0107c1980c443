package dev.runbook.cli;

import dev.runbook.event.Ending;
import dev.runbook.event.RunEvent;
import dev.runbook.session.ExistingRun;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.ExitCode;
import dev.runbook.terminal.Refusal;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code close}: says of an unfinished run that nobody goes on with it. */
@CommandLine.Command(
        name = "close",
        mixinStandardHelpOptions = true,
        description = {
            "Closes an unfinished run with which nobody goes on, such as a drill that was aborted, so that it does not"
                    + " stand in the way of the next one. Touches no server.",
            "What the run changed remains, and is named: rollback RUN takes it back, also afterwards. resume RUN --from"
                    + " STEP opens the run again."
        },
        footerHeading = "%nExample:%n",
        footer = "  runbook close 2026-11-21T03-12-09Z-failover-k7q2 --reason \"the drill was called off\"")
final class CloseCommand implements CommandTree.Command {
    private CliContext context;

    @Parameters(paramLabel = "RUN", description = "The folder of the run, or its id. The command list shows them all.")
    private String run = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; it is kept in the journal.")
    private String reason = "";

    @Mixin
    private ByOption by = new ByOption();

    @Mixin
    private RunsOption runs = new RunsOption();

    @Mixin
    private ResumeCommand.TakeOver takeOver = new ResumeCommand.TakeOver();

    CloseCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public ExitCode execute() {
        context = by.in(context);
        String why = NoteCommand.required(reason, "--reason needs a text.");
        ExistingRun seen = ExistingRun.open(runs.run(run, context));
        takeOver.refuseForeign(seen);
        takeOver.refuseOpenEnd(seen);
        String command = context.command(List.of("close", seen.folder().path().toString(), "--reason", reason));
        return seen.locked(takeOver.isWanted(), takeOver.last(), command, context, (now, lock) -> {
            if (now.state().isOver()) {
                throw Refusal.usage("The run " + now.folder().id() + " is over. There is nothing to close.");
            }
            String by = context.actor().name();
            now.append(lock, context, new RunEvent.RunStopped(Ending.CLOSED, "Closed by " + by + ": " + why));
            context.err().println("The run " + now.folder().id() + " is closed.");
            tell(
                    "These steps of it changed something, which remains",
                    now.state().changed());
            tell("Nobody knows whether these steps happened", now.state().inDoubt());
            return ExitCode.DONE;
        });
    }

    private void tell(String what, List<String> steps) {
        if (!steps.isEmpty()) {
            context.err().println(what + ": " + String.join(", ", steps) + ".");
        }
    }
}
