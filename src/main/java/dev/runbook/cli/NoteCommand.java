package dev.runbook.cli;

import dev.runbook.event.RunEvent;
import dev.runbook.session.ExistingRun;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.ExitCode;
import dev.runbook.terminal.Person;
import dev.runbook.terminal.Refusal;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code note}: writes something into the journal of a run on which nobody works. */
@CommandLine.Command(
        name = "note",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a note into the journal of a run, with the time and who wrote it: what became known later, such as"
                    + " the number of a ticket. Changes nothing else, and the run stays as it is.",
            "While a run is under way, type the note where it runs. No secret belongs into a note: none is known here,"
                    + " so none is hidden."
        },
        footerHeading = "%nExample:%n",
        footer = "  runbook note 2026-11-21T03-12-09Z-failover-k7q2 \"CHG123 is closed, see INC456\"")
final class NoteCommand implements CommandTree.Command {
    private CliContext context;

    @Parameters(
            index = "0",
            paramLabel = "RUN",
            description = "The folder of the run, or its id. The command list shows them all.")
    private String run = "";

    @Parameters(index = "1", paramLabel = "TEXT", description = "One line of at most 1000 characters.")
    private String text = "";

    @Mixin
    private ByOption by = new ByOption();

    @Mixin
    private RunsOption runs = new RunsOption();

    @Mixin
    private ResumeCommand.TakeOver takeOver = new ResumeCommand.TakeOver();

    NoteCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public ExitCode execute() {
        context = by.in(context);
        String note = required(text, "note needs a text.");
        ExistingRun seen = ExistingRun.open(runs.run(run, context));
        takeOver.refuseForeign(seen);
        takeOver.refuseOpenEnd(seen);
        String command = context.command(List.of("note", seen.folder().path().toString(), text));
        return seen.locked(takeOver.isWanted(), takeOver.last(), command, context, (now, lock) -> {
            now.append(
                    lock, context, new RunEvent.NoteTaken(note, context.actor().name()));
            context.err().println("The note is in " + now.folder().journal() + ".");
            return ExitCode.DONE;
        });
    }

    /** The text as it is kept; refuses one in which nothing is left. */
    static String required(String typed, String otherwise) {
        String kept = Person.plainNote(typed);
        if (kept.isEmpty()) {
            throw Refusal.usage(otherwise);
        }
        return kept;
    }
}
