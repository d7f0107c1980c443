package dev.runbook.rehearsal.server;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Turns a path as a server sees it into a real one. Backslash and slash are alike, and so are upper and lower case in the
 * folders of the map.
 *
 * @param folders such as {@code D:\pchatlogs}, each with the real folder that plays it
 */
public record ServerPaths(Map<String, String> folders) {
    /** Copies the map. */
    public ServerPaths {
        folders = Map.copyOf(folders);
    }

    /**
     * The real path, which lies in one of the folders; a path that is real already may be written too. Empty for every other
     * one, whatever lies there on this computer: a server of the estate reads and writes nothing outside of it.
     */
    public Optional<Path> real(String written) {
        String path = plain(written);
        String real = folders.entrySet().stream()
                .filter(folder -> within(path, plain(folder.getKey())))
                .max(Comparator.comparing(folder -> folder.getKey().length()))
                .map(folder -> plain(folder.getValue())
                        + path.substring(plain(folder.getKey()).length()))
                .orElse(path);
        try {
            return Optional.of(Path.of(real)).filter(this::isInside);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private boolean isInside(Path path) {
        Path whole = path.toAbsolutePath().normalize();
        return folders.values().stream().map(Path::of).anyMatch(whole::startsWith);
    }

    private static boolean within(String path, String folder) {
        String one = path.toLowerCase(Locale.ROOT);
        String other = folder.toLowerCase(Locale.ROOT);
        return one.equals(other) || one.startsWith(other + "/");
    }

    private static String plain(String path) {
        String slashes = path.replace('\\', '/');
        return slashes.length() > 1 && slashes.endsWith("/") ? slashes.substring(0, slashes.length() - 1) : slashes;
    }
}
