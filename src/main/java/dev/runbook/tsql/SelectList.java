package dev.runbook.tsql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The columns that a query gives, where they can be read off its text. A hint for rules, not a parser: where it is not sure, it
 * does not know.
 */
public final class SelectList {
    private static final Set<String> ENDS = Set.of(
            "FROM", "INTO", "WHERE", "GROUP", "HAVING", "ORDER", "UNION", "EXCEPT", "INTERSECT", "OPTION", "FOR");
    /** Words that can be the last of an expression, and the words before a last word that is no alias. */
    private static final Set<String> NO_NAMES = Set.of("END", "NULL", "DEFAULT");

    private static final Set<String> BEFORE_NO_ALIAS = Set.of("COLLATE", "ZONE");

    /**
     * A column of the answer.
     *
     * @param name its name
     * @param from the column that it is, as its table calls it, or the function with {@code ()} after its name; empty where it
     *     is something else
     */
    public record Column(String name, Optional<String> from) {}

    private final List<Token> tokens;

    private SelectList(List<Token> tokens) {
        this.tokens = tokens;
    }

    /**
     * The names of the columns, in order, those without a name left out; of a union, the names of its first query. Empty when
     * they cannot be known from the text: {@code *}, or something that is no query.
     */
    public static Optional<List<String>> columns(String sql) {
        return of(sql).map(columns -> columns.stream().map(Column::name).toList());
    }

    /** The same, each with what it comes from. */
    public static Optional<List<Column>> of(String sql) {
        List<Token> tokens = Tokenizer.significant(sql);
        if (tokens.isEmpty()) {
            return Optional.empty();
        }
        if (tokens.get(0).isWord("RESTORE")) {
            return tokens.size() > 1
                    ? BackupColumns.of(tokens.get(1).text()).map(SelectList::themselves)
                    : Optional.empty();
        }
        boolean query = tokens.get(0).isWord("SELECT") || tokens.get(0).isWord("WITH");
        return query ? new SelectList(tokens).read() : Optional.empty();
    }

    private static List<Column> themselves(List<String> names) {
        return names.stream().map(name -> new Column(name, Optional.of(name))).toList();
    }

    private Optional<List<Column>> read() {
        List<Column> columns = new ArrayList<>();
        for (List<Token> item : items(start())) {
            if (isUnknowable(item)) {
                return Optional.empty();
            }
            name(item).ifPresent(name -> columns.add(new Column(name, from(item))));
        }
        return Optional.of(List.copyOf(columns));
    }

    /** Of {@code t.a}, {@code t.a b}, {@code t.a AS b} it is {@code a}, of {@code F(…) AS b} it is {@code F()}. */
    private static Optional<String> from(List<Token> item) {
        int end = item.size();
        int dots = 0;
        while (dots + 1 < end && item.get(dots).isName() && item.get(dots + 1).isOperator(".")) {
            dots += 2;
        }
        Token head = item.get(dots);
        int behind = end - dots - 1;
        boolean aliased = behind == 2 && item.get(end - 2).isWord("AS");
        if (behind == 0 || behind == 1 && item.get(end - 1).isName() || aliased) {
            return head.isName() || head.kind() == Token.Kind.VARIABLE ? Optional.of(head.value()) : Optional.empty();
        }
        boolean call =
                dots == 0 && head.kind() == Token.Kind.WORD && item.get(1).isOperator("(");
        return call && closes(item) ? Optional.of(head.text() + "()") : Optional.empty();
    }

    /** Whether the parenthesis after the first word closes before the alias, and nothing else stands between. */
    private static boolean closes(List<Token> item) {
        int depth = 0;
        for (int at = 1; at < item.size(); at++) {
            depth += change(item.get(at));
            if (depth == 0) {
                int behind = item.size() - at - 1;
                return behind == 1 || behind == 2 && item.get(at + 1).isWord("AS");
            }
        }
        return false;
    }

    /** The index of the first token of the list: after SELECT, DISTINCT and TOP, and after common table expressions. */
    private int start() {
        int at = 0;
        for (int depth = 0; at < tokens.size() && !(depth == 0 && tokens.get(at).isWord("SELECT")); at++) {
            depth += change(tokens.get(at));
        }
        at++;
        if (isWord(at, "ALL") || isWord(at, "DISTINCT")) {
            at++;
        }
        return isWord(at, "TOP") ? behindTop(at + 1) : at;
    }

    private int behindTop(int from) {
        int at = from;
        int depth = 0;
        do {
            depth += at < tokens.size() ? change(tokens.get(at)) : 0;
            at++;
        } while (depth > 0 && at < tokens.size());
        if (isWord(at, "PERCENT")) {
            at++;
        }
        return isWord(at, "WITH") && isWord(at + 1, "TIES") ? at + 2 : at;
    }

    private List<List<Token>> items(int from) {
        List<List<Token>> items = new ArrayList<>();
        List<Token> item = new ArrayList<>();
        int depth = 0;
        for (int at = from; at < tokens.size() && !(depth == 0 && ends(tokens.get(at))); at++) {
            Token token = tokens.get(at);
            depth += change(token);
            if (depth == 0 && token.isOperator(",")) {
                items.add(item);
                item = new ArrayList<>();
            } else {
                item.add(token);
            }
        }
        items.add(item);
        return items;
    }

    private static boolean isUnknowable(List<Token> item) {
        if (item.isEmpty() || item.get(item.size() - 1).isOperator("*")) {
            return true;
        }
        return item.get(0).kind() == Token.Kind.VARIABLE
                && item.size() > 1
                && item.get(1).isOperator("=");
    }

    private static Optional<String> name(List<Token> item) {
        Token last = item.get(item.size() - 1);
        if (item.size() > 2 && item.get(0).isName() && item.get(1).isOperator("=")) {
            return Optional.of(item.get(0).value());
        }
        boolean named = last.isName() || last.kind().isString() && item.size() > 1;
        boolean keyword = last.kind() == Token.Kind.WORD && NO_NAMES.contains(upper(last));
        if (!named || keyword) {
            return Optional.empty();
        }
        return item.size() == 1 || canPrecedeName(item.get(item.size() - 2), last)
                ? Optional.of(last.value())
                : Optional.empty();
    }

    private static boolean canPrecedeName(Token before, Token last) {
        if (before.kind() == Token.Kind.OPERATOR) {
            boolean behindExpression = before.isOperator(")") || before.isOperator("}");
            return behindExpression || before.isOperator(".") && last.isName();
        }
        return !(before.kind() == Token.Kind.WORD && BEFORE_NO_ALIAS.contains(upper(before)));
    }

    private static boolean ends(Token token) {
        return token.isOperator(";") || token.kind() == Token.Kind.WORD && ENDS.contains(upper(token));
    }

    private static int change(Token token) {
        return token.isOperator("(") ? 1 : token.isOperator(")") ? -1 : 0;
    }

    private boolean isWord(int index, String word) {
        return index < tokens.size() && tokens.get(index).isWord(word);
    }

    private static String upper(Token token) {
        return token.text().toUpperCase(Locale.ROOT);
    }

    /** The columns of what RESTORE tells about a backup, up to SQL Server 2016; older versions leave out the last ones. */
    private static final class BackupColumns {
        private static final List<String> HEADER =
                List.of(("BackupName BackupDescription BackupType ExpirationDate Compressed "
                                + "Position DeviceType UserName ServerName DatabaseName DatabaseVersion DatabaseCreationDate BackupSize "
                                + "FirstLSN LastLSN CheckpointLSN DatabaseBackupLSN BackupStartDate BackupFinishDate SortOrder CodePage "
                                + "UnicodeLocaleId UnicodeComparisonStyle CompatibilityLevel SoftwareVendorId SoftwareVersionMajor "
                                + "SoftwareVersionMinor SoftwareVersionBuild MachineName Flags BindingID RecoveryForkID Collation "
                                + "FamilyGUID HasBulkLoggedData IsSnapshot IsReadOnly IsSingleUser HasBackupChecksums IsDamaged "
                                + "BeginsLogChain HasIncompleteMetaData IsForceOffline IsCopyOnly FirstRecoveryForkID ForkPointLSN "
                                + "RecoveryModel DifferentialBaseLSN DifferentialBaseGUID BackupTypeDescription BackupSetGUID "
                                + "CompressedBackupSize containment KeyAlgorithm EncryptorThumbprint EncryptorType")
                        .split(" "));

        private static final List<String> FILES =
                List.of(("LogicalName PhysicalName Type FileGroupName Size MaxSize FileID "
                                + "CreateLSN DropLSN UniqueID ReadOnlyLSN ReadWriteLSN BackupSizeInBytes SourceBlockSize FileGroupID "
                                + "LogGroupGUID DifferentialBaseLSN DifferentialBaseGUID IsReadOnly IsPresent TDEThumbprint SnapshotURL")
                        .split(" "));

        private BackupColumns() {}

        /** The columns of {@code RESTORE HEADERONLY} and {@code RESTORE FILELISTONLY}; empty for everything else. */
        static Optional<List<String>> of(String kind) {
            return switch (kind.toUpperCase(Locale.ROOT)) {
                case "HEADERONLY" -> Optional.of(HEADER);
                case "FILELISTONLY" -> Optional.of(FILES);
                default -> Optional.empty();
            };
        }
    }
}
