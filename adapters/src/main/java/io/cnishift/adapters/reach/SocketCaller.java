package io.cnishift.adapters.reach;

import io.cnishift.adapters.reach.Front.Door;
import io.cnishift.adapters.reach.Heard.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * Calls over plain sockets. The JDK's HTTP client does not let one name a host other than the one that it connects to, and an open
 * connection without an answer is an answer here.
 */
final class SocketCaller implements Caller {

    private static final int CONNECT_MILLIS = 3_000;
    private static final int ANSWER_MILLIS = 5_000;
    private static final int LONGEST = 256;
    private static final int CARRIER_GRADE = 100;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})\\b.*");

    @Override
    public Heard call(Front front, Door door) {
        InetAddress address;
        try {
            address = InetAddress.getByName(front.address());
        } catch (UnknownHostException e) {
            return new Heard(Kind.NO_NAME, false, 0, "its name does not resolve here");
        }
        boolean inside = inside(address);
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, door.port()), CONNECT_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            return spoken(socket, front, door, inside);
        } catch (ConnectException e) {
            return new Heard(Kind.REFUSED, inside, 0, door + " refuses connections");
        } catch (IOException e) {
            return new Heard(Kind.NO_WAY, inside, 0, door + " does not answer (" + e.getMessage() + ")");
        }
    }

    private static Heard spoken(Socket socket, Front front, Door door, boolean inside) {
        Socket line;
        try {
            line = door.tls() ? encrypted(socket, front, door) : socket;
        } catch (IOException e) {
            // who speaks no TLS may also just wait for the rest of a request
            return new Heard(Kind.NO_TLS, inside, 0, "TLS failed (" + e.getMessage() + ")");
        }
        try {
            line.getOutputStream().write(request(front));
            line.getOutputStream().flush();
            return heard(firstLine(line.getInputStream()), inside);
        } catch (SocketTimeoutException e) {
            return new Heard(Kind.SILENCE, inside, 0, "connected, and no answer within " + ANSWER_MILLIS / 1000 + " s");
        } catch (IOException e) {
            return new Heard(Kind.HUNG_UP, inside, 0, "connected, then broken (" + e.getMessage() + ")");
        }
    }

    private static Heard heard(String line, boolean inside) {
        if (line.isEmpty()) {
            return new Heard(Kind.HUNG_UP, inside, 0, "connected, and closed without an answer");
        }
        Matcher status = STATUS.matcher(line);
        return status.matches()
                ? new Heard(Kind.HTTP, inside, Integer.parseInt(status.group(1)), "HTTP " + status.group(1))
                : new Heard(Kind.OTHER_WORDS, inside, 0, "it answered, not in HTTP");
    }

    private static Socket encrypted(Socket socket, Front front, Door door) throws IOException {
        SSLSocket secured = (SSLSocket)
                AnyCertificate.context().getSocketFactory().createSocket(socket, front.address(), door.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        if (front.host().matches("[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*\\.[A-Za-z][A-Za-z0-9-]*")) {
            parameters.setServerNames(List.of(new SNIHostName(front.host())));
        }
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private static byte[] request(Front front) {
        return ("GET " + front.path() + " HTTP/1.1\r\nHost: " + front.host()
                        + "\r\nUser-Agent: cnishift\r\nAccept: */*\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String firstLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\r' && c != '\n' && line.length() < LONGEST; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    private static boolean inside(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean carrier = bytes.length == 4 && bytes[0] == CARRIER_GRADE && (bytes[1] & 0xC0) == 0x40;
        boolean unique = bytes.length == 16 && (bytes[0] & 0xFE) == 0xFC;
        return address.isSiteLocalAddress() || carrier || unique;
    }
}
