package dev.runbook.endpoint.sql;

import com.microsoft.sqlserver.jdbc.SQLServerDriver;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Microsoft's library, without which the driver logs nobody in with the account of Windows. */
public final class DriverLibrary {
    private DriverLibrary() {}

    /** What its name begins with: that of exactly this driver. */
    public static String name() {
        SQLServerDriver driver = new SQLServerDriver();
        return "mssql-jdbc_auth-" + driver.getMajorVersion() + "." + driver.getMinorVersion() + ".";
    }

    /**
     * Where it lies.
     *
     * @param path the folders in which Java looks, {@code java.library.path}; relative ones count for nothing
     */
    public static Optional<Path> find(String path) {
        for (String folder : path.split(File.pathSeparator)) {
            Optional<Path> found = in(folder);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Path> in(String folder) {
        try {
            Path place = Path.of(folder);
            if (!place.isAbsolute() || !Files.isDirectory(place)) {
                return Optional.empty();
            }
            try (DirectoryStream<Path> files = Files.newDirectoryStream(place, name() + "*.dll")) {
                for (Path file : files) {
                    return Optional.of(file);
                }
                return Optional.empty();
            }
        } catch (InvalidPathException | IOException e) {
            // Java finds nothing there either
            return Optional.empty();
        }
    }
}
