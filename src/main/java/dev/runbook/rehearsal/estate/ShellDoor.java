package dev.runbook.rehearsal.estate;

import dev.runbook.rehearsal.shell.ShellServer;
import dev.runbook.rehearsal.shell.SimulatedShell;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How clients get to the management shell: in memory, and, where a relay is known, from other processes. */
final class ShellDoor implements AutoCloseable {
    private static final String IN_MEMORY = "rehearsal";

    private final SimulatedShell shell;
    private final Optional<ShellServer> server;
    private final String program;

    private ShellDoor(SimulatedShell shell, Optional<ShellServer> server, String program) {
        this.shell = shell;
        this.server = server;
        this.program = program;
    }

    static ShellDoor open(SimulatedShell shell, Circumstances circumstances) throws IOException {
        if (circumstances.relay().isEmpty()) {
            return new ShellDoor(shell, Optional.empty(), IN_MEMORY);
        }
        ShellServer server = new ShellServer(shell, circumstances.ids().get().toString());
        Path door = Files.writeString(circumstances.folder().resolve("shell-door"), server.door());
        List<String> command = new ArrayList<>(circumstances.relay());
        command.add(door.toString());
        boolean windows = File.separatorChar == '\\';
        String program =
                Launcher.write(circumstances.folder(), command, windows).toString();
        return new ShellDoor(shell, Optional.of(server), program);
    }

    /** What a site file names as the program. */
    String program() {
        return program;
    }

    SimulatedShell.Ends connect(List<String> arguments) {
        return shell.connect(arguments);
    }

    @Override
    public void close() {
        server.ifPresent(ShellServer::close);
    }
}
