package dev.runbook.rehearsal.relations.query;

import dev.runbook.rehearsal.relations.View;
import dev.runbook.tsql.Token;
import dev.runbook.tsql.TokenKind;
import java.util.List;
import java.util.Set;
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
    private final View view;

    Functions(Translator translator, View view) {
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
                .filter(token -> token.kind() != TokenKind.SPACE)
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
}
