package dev.runbook.rehearsal.sqlserver.agent;

import dev.runbook.rehearsal.model.Server;
import dev.runbook.rehearsal.sqlserver.backup.ServerPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The log backups of one database in one folder, as one server sees it.
 *
 * @param server whose eyes are used
 * @param folder as written in log shipping
 * @param database its name
 */
record LogFiles(Server server, String folder, String database) {
    /** What is still being written; renamed when it is whole. */
    private static final String UNFINISHED = ".wrk";

    /** The path of a file as the server sees it. */
    String device(String name) {
        boolean slashes = folder.indexOf('/') >= 0 && folder.indexOf('\\') < 0;
        return folder + (slashes ? "/" : "\\") + name;
    }

    /** The real path of a file. */
    Optional<Path> real(String name) {
        return new ServerPaths(server.paths()).real(device(name));
    }

    /** The names of all log backups, oldest first. */
    List<String> names() throws IOException {
        Pattern pattern = Pattern.compile(Pattern.quote(database) + "_\\d{14}\\.trn", Pattern.CASE_INSENSITIVE);
        Optional<Path> real = new ServerPaths(server.paths()).real(folder);
        if (real.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(real.get())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> pattern.matcher(name).matches())
                    .sorted()
                    .toList();
        }
    }

    static String unfinished(String name) {
        return name.replaceFirst("\\.[^.]*$", UNFINISHED);
    }

    /** Copies a file here, under its unfinished name until it is whole. */
    void receive(Path source) throws IOException {
        String name = source.getFileName().toString();
        Path half = real(unfinished(name)).orElseThrow(() -> new NoSuchFileException(folder));
        Path whole = half.resolveSibling(name);
        Files.copy(source, half, StandardCopyOption.REPLACE_EXISTING);
        Files.move(half, whole, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The last part of a path, whatever separates its parts. */
    static String nameOf(String device) {
        return device.substring(Math.max(device.lastIndexOf('/'), device.lastIndexOf('\\')) + 1);
    }
}
