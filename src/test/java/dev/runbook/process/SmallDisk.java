package dev.runbook.process;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A disk of a few pages, in memory. Only root can make one; whoever cannot is told so, and the test is skipped. */
final class SmallDisk {
    private static final int PAGE = 4096;

    private SmallDisk() {}

    static Path mount(Path where) throws IOException {
        Files.createDirectories(where);
        boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", where.toString()) == 0;
        if (!mounted) {
            System.err.println("NO DISK CAN BE MOUNTED HERE: what a full disk does is not tested.");
        }
        assumeTrue(mounted);
        return where;
    }

    static void unmount(Path disk) {
        run("umount", "-l", disk.toString());
    }

    /** Leaves room for that many pages. */
    static void fillUpTo(Path disk, int pages) throws IOException {
        Path filler = disk.resolve("filler");
        try {
            while (true) {
                Files.write(filler, new byte[PAGE], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
        } catch (IOException full) {
            try (var channel = Files.newByteChannel(filler, StandardOpenOption.WRITE)) {
                channel.truncate(Math.max(0, Files.size(filler) - (long) pages * PAGE));
            }
        }
    }

    static void clear(Path disk) throws IOException {
        try (Stream<Path> all = Files.walk(disk)) {
            for (Path file : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                if (!file.equals(disk)) {
                    Files.delete(file);
                }
            }
        }
    }

    /** What lies in a folder, by name. */
    static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }

    private static int run(String... line) {
        try {
            return new ProcessBuilder(line).start().waitFor();
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }
}
