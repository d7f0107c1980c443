package dev.runbook.rehearsal.relations.query;

import dev.runbook.rehearsal.model.Sessions;
import dev.runbook.rehearsal.relations.View;
import java.util.Locale;
import java.util.Optional;

/** What a server tells of itself: {@code @@SERVERNAME} and its like, and SERVERPROPERTY. */
final class Globals {
    private Globals() {}

    /** The literal for a variable with two at-signs; empty when there is none of that name. */
    static Optional<String> value(String name, View view) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "@@SPID" -> Optional.of("CAST(" + view.asking().spid() + " AS SMALLINT)");
            case "@@SERVERNAME" -> Optional.of(Literal.text(view.server().name()));
            case "@@SERVICENAME" -> Optional.of(Literal.text(serviceName(view)));
            case "@@VERSION" ->
                Optional.of(Literal.text("Microsoft SQL Server (rehearsal) - "
                        + view.server().identity().version()));
            case "@@TRANCOUNT" -> Optional.of(String.valueOf(depth(view)));
            case "@@ERROR", "@@ROWCOUNT", "@@NESTLEVEL" -> Optional.of("0");
            case "@@LANGUAGE" -> Optional.of(Literal.text("us_english"));
            case "@@MICROSOFTVERSION" -> Optional.of(String.valueOf(major(view) << 24));
            default -> Optional.empty();
        };
    }

    /** How deep the transaction is that the asking session has open; 0 outside of one. */
    static int depth(View view) {
        return view.server()
                .sessions()
                .transaction(view.asking().spid())
                .map(Sessions.Transaction::depth)
                .orElse(0);
    }

    /** The literal for a property; NULL for one that is not known, as the server does it. */
    static String property(String name, View view) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "SERVERNAME" -> Literal.text(view.server().name());
            case "MACHINENAME", "COMPUTERNAMEPHYSICALNETBIOS" ->
                Literal.text(view.server().identity().machine());
            case "INSTANCENAME" -> instance(view);
            case "PRODUCTVERSION" -> Literal.text(view.server().identity().version());
            case "PRODUCTMAJORVERSION" -> Literal.text(String.valueOf(major(view)));
            case "PRODUCTLEVEL" -> Literal.text("RTM");
            case "EDITION" -> Literal.text("Enterprise Edition (64-bit)");
            case "ENGINEEDITION" -> "3";
            case "COLLATION" -> Literal.text("Latin1_General_CI_AS");
            case "ISCLUSTERED", "ISHADRENABLED", "ISINTEGRATEDSECURITYONLY", "ISSINGLEUSER" -> "0";
            default -> "NULL";
        };
    }

    private static String instance(View view) {
        String instance = view.server().identity().instance();
        return instance.isEmpty() ? "NULL" : Literal.text(instance);
    }

    private static String serviceName(View view) {
        String instance = view.server().identity().instance();
        return instance.isEmpty() ? "MSSQLSERVER" : instance;
    }

    private static int major(View view) {
        String version = view.server().identity().version();
        return Integer.parseInt(version.substring(0, version.indexOf('.')));
    }
}
