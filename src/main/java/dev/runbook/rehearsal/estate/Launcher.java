package dev.runbook.rehearsal.estate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A small program that plays the management shell for another process, by handing everything to the estate. */
final class Launcher {
    private Launcher() {}

    /**
     * Writes one.
     *
     * @param command what it starts; its own arguments come behind
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
