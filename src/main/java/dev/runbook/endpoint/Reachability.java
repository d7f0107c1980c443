package dev.runbook.endpoint;

import java.io.IOException;
import java.net.ConnectException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the network says of a place, and the one rule of what may be called "not there". That is proved, never inferred: a port
 * was really dialled, and the computer refused it, or nobody answered. A name that was not resolved, a login that failed, a
 * server that hangs up, an instance whose port nobody tells, a network of our own that is down: of all these it cannot be
 * asked. Opens a connection at most, and sends nothing but the question for the port of an instance.
 *
 * @param finding what was found
 * @param place what was dialled or asked, for people
 * @param said what this computer says to it; empty where the finding says all
 */
public record Reachability(Finding finding, String place, String said) {
    private static final int PATIENCE_MILLIS = 5000;
    private static final int MOST_ADDRESSES = 4;
    private static final int SHARES = 445;
    private static final int SQL_SERVER = 1433;
    private static final int BROWSER = 1434;
    private static final int BROWSER_TRIES = 3;
    private static final int BROWSER_MILLIS = 1000;
    private static final int LONGEST_ANSWER = 65_535;
    private static final int HEAD = 3;
    private static final byte PORT_OF_INSTANCE = 4;
    private static final Pattern SHARE = Pattern.compile(
            "(?:[\\\\/]{2}[?.][\\\\/]UNC[\\\\/]|[\\\\/]{2}(?![?.][\\\\/]))([^\\\\/@]+).*", Pattern.DOTALL);
    private static final Pattern OF_WINDOWS = Pattern.compile("\\\\\\\\.*|[A-Za-z]:(?:[\\\\/].*)?", Pattern.DOTALL);

    /** What can be found, the most telling first: of several addresses of one computer it decides. */
    public enum Finding {
        /** Somebody listens. */
        OPEN("somebody listens"),
        /** The computer is there, and says that nobody listens. */
        REFUSED("the port is refused"),
        /** Nobody says anything. */
        SILENT("no answer"),
        /** The network says that there is no way there. */
        NO_WAY("there is no way to it"),
        /** Nothing was dialled, for this computer cannot. */
        NOT_DIALLED("this computer cannot dial it"),
        /** Nothing was dialled, for nobody told the port of the instance. */
        NO_PORT("nobody told the port of the instance"),
        /** Nothing was dialled, for nobody here knows the name. */
        NO_SUCH_NAME("the name is not known here");

        private final String words;

        Finding(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }

        /** Whether it proves that nothing is there. */
        boolean provesAbsence() {
            return this == REFUSED || this == SILENT || this == NO_WAY;
        }
    }

    /** Whether it is proved that nothing is there. */
    boolean isAbsent() {
        return finding.provesAbsence();
    }

    /** Dials a server at its address, at its port, or at that which the Browser tells of its instance. */
    public static Reachability ofServer(SqlTarget target) {
        if (target.address().isPresent()) {
            String address = target.address().get();
            int colon = address.lastIndexOf(':');
            return ofPort(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
        }
        return target.port().isEmpty() && target.instance().isPresent()
                ? ofInstance(target.host(), target.instance().get())
                : ofPort(target.host(), target.port().orElse(SQL_SERVER));
    }

    /** Dials a port. */
    public static Reachability ofPort(String host, int port) {
        String place = host + ":" + port;
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .limit(MOST_ADDRESSES)
                    .map(address -> dial(new InetSocketAddress(address, port), place))
                    .min(Comparator.comparing(Reachability::finding))
                    .orElseThrow();
        } catch (UnknownHostException e) {
            return new Reachability(Finding.NO_SUCH_NAME, place, "");
        }
    }

    /** Asks the SQL Server Browser of a computer for the port of an instance, and dials that. */
    public static Reachability ofInstance(String host, String instance) {
        try {
            OptionalInt port = askBrowser(InetAddress.getByName(host), instance);
            return port.isPresent()
                    ? ofPort(host, port.getAsInt())
                    : new Reachability(Finding.NO_PORT, host + "\\" + instance, "");
        } catch (UnknownHostException e) {
            return new Reachability(Finding.NO_SUCH_NAME, host, "");
        }
    }

    /** Dials the file server of a path such as {@code \\fs1\logs}; empty where the path names none. */
    public static Optional<Reachability> ofFileServer(String path) {
        Matcher share = SHARE.matcher(path);
        return share.matches() ? Optional.of(ofPort(share.group(1), SHARES)) : Optional.empty();
    }

    /**
     * What is said of a path that could not be looked at.
     *
     * @param path as it was given
     * @param why what this computer says
     * @param fileServer dials the file server of a path: {@link #ofFileServer}
     * @return no row where its file server is proved not to be there; the failure where it is, where it cannot be asked, and
     *     where the path names none
     */
    public static Answer ofPath(String path, Failure why, Function<String, Optional<Reachability>> fileServer) {
        Optional<Reachability> server = fileServer.apply(path);
        if (server.filter(Reachability::isAbsent).isPresent()) {
            return Answer.nothing();
        }
        return Answer.failed(server.map(found -> why.withDetail(found.place + ": " + found.finding.words()))
                .orElse(why));
    }

    /** Whether a path can only be one of Windows: that of a share, or one with a drive. */
    public static boolean isOfWindows(String path) {
        return OF_WINDOWS.matcher(path).matches();
    }

    private static Reachability dial(InetSocketAddress address, String place) {
        try (Socket socket = new Socket()) {
            socket.connect(address, PATIENCE_MILLIS);
            return new Reachability(Finding.OPEN, place, "");
        } catch (IOException e) {
            Finding finding = meaning(e);
            return new Reachability(finding, place, finding.provesAbsence() ? "" : String.valueOf(e.getMessage()));
        }
    }

    /** Goes by the type, for the text is in the language of the computer. Any other trouble is one of this computer. */
    static Finding meaning(IOException failure) {
        if (failure instanceof SocketTimeoutException) {
            return Finding.SILENT;
        }
        if (failure instanceof NoRouteToHostException) {
            return Finding.NO_WAY;
        }
        return failure instanceof ConnectException ? Finding.REFUSED : Finding.NOT_DIALLED;
    }

    private static OptionalInt askBrowser(InetAddress host, String instance) {
        byte[] name = instance.getBytes(StandardCharsets.US_ASCII);
        byte[] question = new byte[name.length + 2];
        question[0] = PORT_OF_INSTANCE;
        System.arraycopy(name, 0, question, 1, name.length);
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(host, BROWSER);
            socket.setSoTimeout(BROWSER_MILLIS);
            for (int i = 0; i < BROWSER_TRIES; i++) {
                socket.send(new DatagramPacket(question, question.length));
                Optional<String> answer = receive(socket);
                if (answer.isPresent()) {
                    return port(answer.get(), instance);
                }
            }
        } catch (IOException e) {
            return OptionalInt.empty(); // nobody listens there, or this computer cannot ask: either way nobody told
        }
        return OptionalInt.empty();
    }

    private static Optional<String> receive(DatagramSocket socket) throws IOException {
        byte[] bytes = new byte[LONGEST_ANSWER];
        DatagramPacket answer = new DatagramPacket(bytes, bytes.length);
        try {
            socket.receive(answer);
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        }
        int length = Math.max(0, answer.getLength() - HEAD);
        return Optional.of(new String(bytes, HEAD, length, StandardCharsets.US_ASCII));
    }

    /** {@code ServerName;SQLA;InstanceName;RTC;IsClustered;No;Version;11.0.2100.60;tcp;14330;;} */
    static OptionalInt port(String answer, String instance) {
        String[] words = answer.split(";", -1);
        boolean meant = false;
        for (int i = 0; i + 1 < words.length; i += 2) {
            if (words[i].equalsIgnoreCase("InstanceName")) {
                meant = words[i + 1].equalsIgnoreCase(instance);
            } else if (meant && words[i].equalsIgnoreCase("tcp") && words[i + 1].matches("[1-9][0-9]{0,4}")) {
                int port = Integer.parseInt(words[i + 1]);
                return port <= LONGEST_ANSWER ? OptionalInt.of(port) : OptionalInt.empty();
            }
        }
        return OptionalInt.empty();
    }
}
