package dev.runbook.endpoint.sql;

import com.microsoft.sqlserver.jdbc.SQLServerDriver;
import dev.runbook.endpoint.Failure;
import dev.runbook.endpoint.Failure.Kind;
import dev.runbook.endpoint.SqlTarget;
import dev.runbook.endpoint.SqlTarget.Encryption;
import dev.runbook.endpoint.SqlTarget.Login;
import dev.runbook.endpoint.sql.SqlErrors.SqlFailedException;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;

/**
 * A target as properties of the driver. Nothing but what stands here is ever passed on, so that nobody can switch on what
 * sends a statement twice ({@code retryExec}, {@code retryConn}, {@code connectRetryCount}).
 */
final class ConnectionSettings {
    private ConnectionSettings() {}

    /**
     * The properties for one target.
     *
     * @param application the name by which the sessions of a run are found again
     * @throws SqlFailedException when the address is not {@code host:port}
     */
    static Properties of(SqlTarget target, String application) throws SqlFailedException {
        Properties settings = new Properties();
        settings.setProperty("applicationName", application);
        settings.setProperty("databaseName", "master");
        // a silent new session would have lost the lock of the run, and might send a statement again
        settings.setProperty("connectRetryCount", "0");
        settings.setProperty("loginTimeout", "15");
        // never: a RESTORE may take hours without a word
        settings.setProperty("socketTimeout", "0");
        settings.setProperty("sendStringParametersAsUnicode", "true");
        dial(target, settings);
        protect(target, settings);
        login(target.login(), settings);
        return settings;
    }

    /**
     * The driver reads rules for sending statements again from a file beside its jar, and nothing in the connection can switch
     * that off. Its name is that of the jar with {@code mssql-jdbc.properties} behind it, without a separator (seen in
     * 13.6.2).
     */
    static void refuseStrayFile() throws SqlFailedException {
        CodeSource source = SQLServerDriver.class.getProtectionDomain().getCodeSource();
        try {
            Path jar = Path.of(source.getLocation().toURI());
            refuseFileBeside(jar);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the driver was loaded from a place that is no file: " + source, e);
        }
    }

    static void refuseFileBeside(Path jar) throws SqlFailedException {
        Path stray = jar.resolveSibling(jar.getFileName() + "mssql-jdbc.properties");
        if (Files.exists(stray)) {
            throw new SqlFailedException(Failure.definite(
                    Kind.LASTING,
                    "stray-driver-settings",
                    "The file " + stray + " may make the driver send a statement twice. Remove it, then start again."));
        }
    }

    /** Java looks for libraries in the current folder too, at the end of its path, and whoever may write there could have put one. */
    static void refuseLibraryHere(Login login) throws SqlFailedException {
        if (login instanceof Login.Windows) {
            String path = System.getProperty("java.library.path", "");
            refuseLibraryHere(
                    List.of(path.split(File.pathSeparator)), Path.of("").toAbsolutePath());
        }
    }

    /**
     * Refuses a library for Windows logins that would be loaded from the current folder, or from one below it.
     *
     * @param folders in which Java looks, one after the other; those that are relative are folders of the current one
     */
    static void refuseLibraryHere(List<String> folders, Path current) throws SqlFailedException {
        Set<String> found = new HashSet<>();
        for (String folder : folders) {
            for (Path library : libraries(current, folder)) {
                boolean first = found.add(library.getFileName().toString().toLowerCase(Locale.ROOT));
                if (first && !Path.of(folder).isAbsolute()) {
                    throw new SqlFailedException(Failure.definite(
                            Kind.LASTING,
                            "library-here",
                            "The library " + library
                                    + " would be loaded from the current folder, where anybody could have put it. Move"
                                    + " it to a folder of the PATH that only administrators may write, or start java"
                                    + " with -Djava.library.path=FOLDER."));
                }
            }
        }
    }

    private static List<Path> libraries(Path current, String folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                current.resolve(folder),
                file -> file.getFileName().toString().toLowerCase(Locale.ROOT).startsWith("mssql-jdbc_auth"))) {
            List<Path> libraries = new ArrayList<>();
            files.forEach(libraries::add);
            return libraries;
        } catch (IOException | InvalidPathException e) {
            // Java finds nothing there either
            return List.of();
        }
    }

    private static void dial(SqlTarget target, Properties settings) throws SqlFailedException {
        if (target.address().isPresent()) {
            address(target.address().get(), settings);
            return;
        }
        settings.setProperty("serverName", target.host());
        if (target.port().isPresent()) {
            settings.setProperty("portNumber", Integer.toString(target.port().getAsInt()));
        } else {
            target.instance().ifPresent(instance -> settings.setProperty("instanceName", instance));
        }
    }

    private static void address(String address, Properties settings) throws SqlFailedException {
        int colon = address.lastIndexOf(':');
        String port = address.substring(colon + 1);
        if (colon <= 0 || !port.matches("\\d{1,5}")) {
            throw new SqlFailedException(Failure.definite(
                    Kind.LASTING, "address", "The address '" + address + "' is not of the form HOST:PORT."));
        }
        settings.setProperty("serverName", address.substring(0, colon));
        settings.setProperty("portNumber", port);
    }

    private static void protect(SqlTarget target, Properties settings) {
        // asked for no encryption the driver sends a password in clear text to a server that says it has none; asked
        // for it,
        // the driver goes away from such a server before it logs in
        boolean forced = target.encryption() == Encryption.FALSE && hasPassword(target.login());
        Encryption encryption = forced ? Encryption.TRUE : target.encryption();
        settings.setProperty("encrypt", encryption.name().toLowerCase(Locale.ROOT));
        settings.setProperty("trustServerCertificate", Boolean.toString(forced || target.trustServerCertificate()));
        // through a tunnel the certificate is still that of the server itself
        settings.setProperty("hostNameInCertificate", target.host());
    }

    static boolean hasPassword(Login login) {
        return !login.secrets().isEmpty();
    }

    private static void login(Login login, Properties settings) {
        if (login instanceof Login.Sql sql) {
            settings.setProperty("user", sql.user());
            settings.setProperty("password", sql.password().reveal());
            return;
        }
        settings.setProperty("integratedSecurity", "true");
        if (login instanceof Login.Ntlm ntlm) {
            settings.setProperty("authenticationScheme", "NTLM");
            settings.setProperty("domain", ntlm.domain());
            settings.setProperty("user", ntlm.user());
            settings.setProperty("password", ntlm.password().reveal());
        } else if (login instanceof Login.Kerberos) {
            settings.setProperty("authenticationScheme", "JavaKerberos");
        } else {
            settings.setProperty("authenticationScheme", "NativeAuthentication");
        }
    }
}
