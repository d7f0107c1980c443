package dev.runbook.site;

import dev.runbook.endpoint.SqlTarget;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who a SQL Server is.
 *
 * @param host its name in the network
 * @param instance of a named instance
 * @param port where a port is named instead
 */
record ServerName(String host, Optional<String> instance, OptionalInt port) {
    /** What it looks like, for messages. */
    static final String FORM = "HOST, HOST\\INSTANCE or HOST,PORT";

    private static final Pattern FORMS = Pattern.compile(
            "([\\p{L}\\p{N}][\\p{L}\\p{N}_-]*(?:\\.[\\p{L}\\p{N}][\\p{L}\\p{N}_-]*)*)(?:\\\\([\\p{L}_][\\p{L}\\p{N}_$#]{0,15})|\\s*,\\s*(\\d{1,5}))?");

    static Optional<ServerName> parse(String text) {
        Matcher matcher = FORMS.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        OptionalInt port =
                matcher.group(3) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(matcher.group(3)));
        boolean impossible = port.isPresent() && (port.getAsInt() == 0 || port.getAsInt() > 65535);
        return impossible
                ? Optional.empty()
                : Optional.of(new ServerName(matcher.group(1), Optional.ofNullable(matcher.group(2)), port));
    }

    /** What to do about some wrong ones, with a space before it. */
    static String advice(String text) {
        if (text.startsWith(".") || text.startsWith("(local)")) {
            return " Name the host: the file has to mean the same on every machine.";
        }
        if (text.contains("\\") && text.contains(",")) {
            return " Give the instance or the port, not both.";
        }
        return text.contains(":") ? " A port stands behind a comma." : "";
    }

    /** That server, with this login and everything else as usual. */
    SqlTarget with(SqlTarget.Login login) {
        return new SqlTarget(
                host, instance, port, login, SqlTarget.Encryption.TRUE, false, Optional.empty(), Optional.empty());
    }
}
