package dev.runbook.cli;

import dev.runbook.rehearsal.shell.ShellRelay;
import dev.runbook.terminal.CliContext;
import dev.runbook.terminal.ExitCode;
import dev.runbook.terminal.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/** {@code shell-relay}: plays the program of the management shell for runs against an {@code estate}. Started by its launcher. */
@CommandLine.Command(
        name = ShellRelayCommand.NAME,
        hidden = true,
        description = "Plays the management shell of an estate.")
final class ShellRelayCommand implements CommandTree.Command {
    static final String NAME = "shell-relay";

    private final CliContext context;

    @Parameters(index = "0", paramLabel = "FILE", description = "It says where the estate listens.")
    private Path door;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "ARGUMENT", description = "Arguments of the shell.")
    private List<String> arguments = List.of();

    ShellRelayCommand(CliContext context) {
        this.context = context;
    }

    @Override
    public ExitCode execute() {
        try {
            ShellRelay.run(Files.readString(door), arguments, context.in(), context.out());
            return ExitCode.DONE;
        } catch (IOException e) {
            throw Refusal.usage("The estate does not answer any more: " + e.getMessage());
        }
    }
}
