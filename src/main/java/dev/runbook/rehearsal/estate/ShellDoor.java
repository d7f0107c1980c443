package dev.runbook.rehearsal.estate;

import dev.runbook.rehearsal.shell.ShellServer;
import dev.runbook.rehearsal.shell.SimulatedShell;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

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

    static ShellDoor open(SimulatedShell shell, EstateConfig circumstances) throws IOException {
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

    /** A small program that plays the management shell for another process, by handing everything to the estate. */
    private static final class Launcher {
        private Launcher() {}

        /**
         * Writes one.
         *
         * @param command what it starts; its own arguments follow
         * @param windows whether this computer runs Windows
         * @return its path
         */
        static Path write(Path folder, List<String> command, boolean windows) throws IOException {
            Path file = folder.resolve(windows ? "management-shell.cmd" : "management-shell");
            Files.writeString(file, windows ? forWindows(command) : forOthers(command), StandardCharsets.UTF_8);
            if (!windows && !file.toFile().setExecutable(true)) {
                throw new IOException("the launcher " + file + " cannot be made a program");
            }
            return file;
        }

        private static String forWindows(List<String> command) {
            String line = command.stream().map(word -> '"' + word + '"').collect(Collectors.joining(" "));
            return "@echo off\r\nchcp 65001 >nul\r\n" + line + " %*\r\n";
        }

        /** With exec the relay takes the place of the script, so that whoever ends the one ends the other. */
        private static String forOthers(List<String> command) {
            String line = command.stream()
                    .map(word -> "'" + word.replace("'", "'\\''") + "'")
                    .collect(Collectors.joining(" "));
            return "#!/bin/sh\nexec " + line + " \"$@\"\n";
        }
    }
}
