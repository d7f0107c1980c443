package dev.runbook.rehearsal.catalog;

import dev.runbook.rehearsal.model.Sessions;
import dev.runbook.tsql.Token;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The functions of T-SQL that a query may call, in the words of H2. Any other one is refused, also where H2 has it. */
final class Functions {
    private static final Set<String> THE_SAME = Set.of(
            "MIN",
            "MAX",
            "AVG",
            "COALESCE",
            "ISNULL",
            "NULLIF",
            "LEN",
            "CHARINDEX",
            "DATEDIFF",
            "DATEADD",
            "ABS",
            "ROUND",
            "FLOOR",
            "CEILING",
            "SIGN",
            "POWER",
            "ROW_NUMBER",
            "RANK",
            "DENSE_RANK",
            "YEAR",
            "MONTH",
            "DAY",
            "PARSENAME");
    /** Those that make a new text, which H2 would then compare with regard to case. */
    private static final Set<String> OF_TEXT = Set.of(
            "RTRIM",
            "LTRIM",
            "UPPER",
            "LOWER",
            "SUBSTRING",
            "LEFT",
            "RIGHT",
            "REPLACE",
            "CONCAT",
            "REVERSE",
            "SPACE",
            "STUFF");

    private final Translator translator;
    private final CatalogView view;

    Functions(Translator translator, CatalogView view) {
        this.translator = translator;
        this.view = view;
    }

    /** A call in the words of H2. */
    String text(Call call) {
        return switch (call.name()) {
            case "CAST" -> cast(call);
            case "CONVERT" -> convert(call);
            case "COUNT" -> call.windowed() ? plain("COUNT", call) : "CAST(" + plain("COUNT", call) + " AS INTEGER)";
            case "COUNT_BIG" -> plain("COUNT", call);
            case "SUM" -> call.windowed() ? plain("SUM", call) : "CAST(" + plain("SUM", call) + " AS BIGINT)";
            case "IIF" -> plain("CASEWHEN", call);
            case "GETDATE", "SYSDATETIME", "GETUTCDATE", "SYSUTCDATETIME" -> Literal.of(view.now());
            case "SUSER_SNAME", "SUSER_NAME", "ORIGINAL_LOGIN" -> Literal.text(view.login());
            case "XACT_STATE" -> Globals.depth(view) > 0 ? "1" : "0";
            case "DB_ID" -> databaseId(call);
            case "DB_NAME" -> databaseName(call);
            case "SERVERPROPERTY" -> Globals.property(string(call), view);
            case "IS_SRVROLEMEMBER" -> roleMember(call);
            default -> other(call);
        };
    }

    private String other(Call call) {
        if (OF_TEXT.contains(call.name())) {
            return "CAST(" + plain(call.name(), call) + " AS VARCHAR_IGNORECASE)";
        }
        if (THE_SAME.contains(call.name())) {
            return plain(call.name(), call);
        }
        return translator.refuse(195, "'" + call.name() + "' is not a recognized built-in function name.");
    }

    private String plain(String name, Call call) {
        return name + "(" + call.arguments().stream().map(translator::text).collect(Collectors.joining(",")) + ")";
    }

    /** {@code CAST(x AS type)}: the last AS outside of brackets divides. */
    private String cast(Call call) {
        List<Token> tokens = call.arguments().stream().flatMap(List::stream).toList();
        int divider = -1;
        int depth = 0;
        for (int index = 0; index < tokens.size(); index++) {
            Token token = tokens.get(index);
            depth += token.isOperator("(") ? 1 : token.isOperator(")") ? -1 : 0;
            divider = depth == 0 && token.isWord("AS") ? index : divider;
        }
        if (divider < 0) {
            return translator.refuse(102, "Incorrect syntax near 'CAST'.");
        }
        return to(tokens.subList(0, divider), tokens.subList(divider + 1, tokens.size()));
    }

    /** {@code CONVERT(type, x, style)}; the style is taken no notice of. */
    private String convert(Call call) {
        if (call.arguments().size() < 2) {
            return translator.refuse(102, "Incorrect syntax near 'CONVERT'.");
        }
        return to(call.arguments().get(1), call.arguments().get(0));
    }

    private String to(List<Token> value, List<Token> type) {
        String name = type.stream()
                .filter(token -> token.kind() != Token.Kind.SPACE)
                .map(Token::value)
                .collect(Collectors.joining());
        return SqlType.h2(name)
                .map(found -> "CAST(" + translator.text(value) + " AS " + found + ")")
                .orElseGet(() -> translator.refuse(243, "Type " + name + " is not a defined system type."));
    }

    private String databaseId(Call call) {
        if (call.arguments().isEmpty()) {
            return view.databaseId(view.asking().database())
                    .map(String::valueOf)
                    .orElse("NULL");
        }
        String cases = view.databases().stream()
                .map(one -> " WHEN " + Literal.text(one.name()) + " THEN " + one.id())
                .collect(Collectors.joining());
        return "(CASE " + asText(call) + cases + " END)";
    }

    private String databaseName(Call call) {
        if (call.arguments().isEmpty()) {
            return Literal.text(view.asking().database());
        }
        String cases = view.databases().stream()
                .map(one -> " WHEN " + one.id() + " THEN " + Literal.text(one.name()))
                .collect(Collectors.joining());
        return "(CASE " + translator.text(call.arguments().get(0)) + cases + " END)";
    }

    private String roleMember(Call call) {
        return string(call).equalsIgnoreCase("sysadmin") ? (view.sysadmin() ? "1" : "0") : "NULL";
    }

    private String asText(Call call) {
        return "CAST(" + translator.text(call.arguments().get(0)) + " AS VARCHAR_IGNORECASE)";
    }

    /** The first argument, where it is a string; else an empty text. */
    private static String string(Call call) {
        return call.arguments().stream()
                .limit(1)
                .flatMap(List::stream)
                .filter(token -> token.kind().isString())
                .map(Token::value)
                .findFirst()
                .orElse("");
    }

    /**
     * A call of a function.
     *
     * @param name in upper case
     * @param arguments the tokens of each
     * @param end the index after its closing bracket
     * @param windowed whether OVER follows
     */
    record Call(String name, List<List<Token>> arguments, int end, boolean windowed) {
        /** The call that begins there. Without its closing bracket it runs to the end. */
        static Call at(TokenPosition here) {
            List<Token> tokens = here.tokens();
            int open = here.indexOf(here.following().orElseThrow());
            List<List<Token>> arguments = new ArrayList<>();
            List<Token> argument = new ArrayList<>();
            int depth = 1;
            int index = open + 1;
            while (index < tokens.size() && depth > 0) {
                Token token = tokens.get(index++);
                depth += token.isOperator("(") ? 1 : token.isOperator(")") ? -1 : 0;
                if (depth == 1 && token.isOperator(",")) {
                    arguments.add(List.copyOf(argument));
                    argument.clear();
                } else if (depth > 0) {
                    argument.add(token);
                }
            }
            if (!arguments.isEmpty() || argument.stream().anyMatch(token -> token.kind() != Token.Kind.SPACE)) {
                arguments.add(List.copyOf(argument));
            }
            boolean windowed = new TokenPosition(tokens, index - 1)
                    .following()
                    .filter(token -> token.isWord("OVER"))
                    .isPresent();
            return new Call(here.token().value().toUpperCase(Locale.ROOT), List.copyOf(arguments), index, windowed);
        }
    }

    /** The types of T-SQL in the words of H2. */
    private static final class SqlType {
        private SqlType() {}

        /**
         * What H2 calls a type of T-SQL.
         *
         * @param written without blanks: {@code nvarchar(128)}
         */
        static Optional<String> h2(String written) {
            int bracket = written.indexOf('(');
            String name = (bracket < 0 ? written : written.substring(0, bracket)).toLowerCase(Locale.ROOT);
            String size = bracket < 0 ? "" : written.substring(bracket);
            return switch (name) {
                case "int" -> Optional.of("INTEGER");
                case "bigint", "smallint", "real" -> Optional.of(name.toUpperCase(Locale.ROOT));
                case "tinyint" -> Optional.of("SMALLINT");
                case "bit" -> Optional.of("BOOLEAN");
                case "float" -> Optional.of("DOUBLE PRECISION");
                case "numeric", "decimal" -> Optional.of("NUMERIC" + size);
                case "varchar", "nvarchar", "char", "nchar" ->
                    Optional.of("VARCHAR_IGNORECASE" + (size.equalsIgnoreCase("(max)") ? "" : size));
                case "sysname" -> Optional.of("VARCHAR_IGNORECASE(128)");
                case "datetime", "datetime2", "smalldatetime" -> Optional.of("TIMESTAMP(3)");
                case "date" -> Optional.of("DATE");
                case "uniqueidentifier" -> Optional.of("UUID");
                default -> Optional.empty();
            };
        }
    }

    /** What a server tells of itself: {@code @@SERVERNAME} and its like, and SERVERPROPERTY. */
    static final class Globals {
        private Globals() {}

        /** The literal for a variable with two at-signs; empty when there is none of that name. */
        static Optional<String> value(String name, CatalogView view) {
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
        static int depth(CatalogView view) {
            return view.server()
                    .sessions()
                    .transaction(view.asking().spid())
                    .map(Sessions.Transaction::depth)
                    .orElse(0);
        }

        /** The literal for a property; NULL for one that is not known, as the server does it. */
        static String property(String name, CatalogView view) {
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

        private static String instance(CatalogView view) {
            String instance = view.server().identity().instance();
            return instance.isEmpty() ? "NULL" : Literal.text(instance);
        }

        private static String serviceName(CatalogView view) {
            String instance = view.server().identity().instance();
            return instance.isEmpty() ? "MSSQLSERVER" : instance;
        }

        private static int major(CatalogView view) {
            String version = view.server().identity().version();
            return Integer.parseInt(version.substring(0, version.indexOf('.')));
        }
    }

    /** Values as literals of H2. */
    static final class Literal {
        private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS");

        private Literal() {}

        /** A text without a type of its own, as the author wrote it; compared as the other side is. */
        static String plain(String text) {
            return '\'' + text.replace("'", "''") + '\'';
        }

        /** A text that is compared without regard to case. */
        static String text(String text) {
            return "CAST(" + plain(text) + " AS VARCHAR_IGNORECASE)";
        }

        /** Any value, null included. */
        static String of(Object value) {
            if (value == null) {
                return "NULL";
            }
            if (value instanceof String text) {
                return text(text);
            }
            if (value instanceof LocalDateTime moment) {
                return "TIMESTAMP '" + MOMENT.format(moment) + "'";
            }
            if (value instanceof UUID id) {
                return "CAST(" + plain(id.toString()) + " AS UUID)";
            }
            if (value instanceof LocalDate day) {
                return "TIMESTAMP '" + MOMENT.format(day.atStartOfDay()) + "'";
            }
            if (value instanceof byte[] bytes) {
                return "X'" + HexFormat.of().formatHex(bytes) + "'";
            }
            return value.toString();
        }
    }
}
