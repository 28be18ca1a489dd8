package io.cnishift.it.front;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** A chart repository on this machine with one chart, packed as Helm packs it. */
final class ChartRepository implements AutoCloseable {

    private static final int BLOCK = 512;

    private final HttpServer server;
    private final String name;
    private final byte[] archive;
    private final String index;

    ChartRepository(String name, String version, Map<String, String> files) throws IOException {
        this.name = name;
        this.archive = archive(name, files);
        this.index = """
                apiVersion: v1
                entries:
                  %1$s:
                  - {apiVersion: v2, name: %1$s, version: %2$s, urls: [%1$s-%2$s.tgz]}
                """.formatted(name, version);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/charts/", this::serve);
        server.start();
    }

    /** The chart as a plan names it. */
    String chart() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/charts/" + name;
    }

    private void serve(HttpExchange exchange) throws IOException {
        boolean wantsIndex = exchange.getRequestURI().getPath().endsWith("/index.yaml");
        byte[] body = wantsIndex ? index.getBytes(StandardCharsets.UTF_8) : archive;
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static byte[] archive(String name, Map<String, String> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream tar = new GZIPOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                entry(tar, name + "/" + file.getKey(), file.getValue().getBytes(StandardCharsets.UTF_8));
            }
            tar.write(new byte[2 * BLOCK]);
        }
        return bytes.toByteArray();
    }

    private static void entry(GZIPOutputStream tar, String name, byte[] content) throws IOException {
        byte[] head = new byte[BLOCK];
        put(head, 0, name);
        put(head, 100, "0000644");
        put(head, 124, String.format("%011o", content.length));
        put(head, 136, "00000000000");
        put(head, 148, "        ");
        head[156] = '0';
        int sum = 0;
        for (byte each : head) {
            sum += each;
        }
        put(head, 148, String.format("%06o", sum));
        head[154] = 0;
        tar.write(head);
        tar.write(content);
        tar.write(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
    }

    private static void put(byte[] head, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, head, at, bytes.length);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
