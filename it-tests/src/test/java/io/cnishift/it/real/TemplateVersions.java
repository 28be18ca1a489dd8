package io.cnishift.it.real;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Versions of launch templates as EC2 keeps them, over an emulator that takes nothing of the source version, deletes none, and
 * launches nothing from a later version that has user data. So what a version is made of is remembered here, and user data of
 * later versions stays here and is shown when they are asked for.
 */
final class TemplateVersions {

    private static final String DATA = "LaunchTemplateData.";
    private static final String USER_DATA = DATA + "UserData";

    /** The data of each version, by template and number. */
    private final Map<String, Map<String, String>> data = new HashMap<>();

    private final Set<String> deleted = new HashSet<>();

    boolean deletes(String body) {
        return body.contains("Action=DeleteLaunchTemplateVersions");
    }

    /** The answer to a deletion. */
    String deleted(String body) {
        Map<String, String> form = form(body);
        String template = form.getOrDefault("LaunchTemplateId", "");
        String items = IntStream.iterate(1, n -> form.containsKey("LaunchTemplateVersion." + n), n -> n + 1)
                .mapToObj(n -> form.get("LaunchTemplateVersion." + n))
                .peek(version -> deleted.add(template + ":" + version))
                .map(version -> "<item><launchTemplateId>" + template + "</launchTemplateId><versionNumber>" + version
                        + "</versionNumber></item>")
                .collect(Collectors.joining());
        return "<DeleteLaunchTemplateVersionsResponse><requestId>of-the-test</requestId>"
                + "<successfullyDeletedLaunchTemplateVersionSet>" + items
                + "</successfullyDeletedLaunchTemplateVersionSet></DeleteLaunchTemplateVersionsResponse>";
    }

    /** The request as the emulator gets it. */
    String request(String body) {
        if (!body.contains("Action=CreateLaunchTemplateVersion")) {
            return body;
        }
        Map<String, String> form = whole(body);
        form.remove(USER_DATA);
        return form.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** The emulator's answer as EC2 would give it. */
    String response(String body, String answer) {
        if (!body.contains("Action=CreateLaunchTemplate") && !body.contains("Action=DescribeLaunchTemplateVersions")) {
            return answer;
        }
        Document document = parse(answer);
        if (body.contains("Action=CreateLaunchTemplate&") || body.endsWith("Action=CreateLaunchTemplate")) {
            data.put(text(document.getDocumentElement(), "launchTemplateId").orElseThrow() + ":1", ofData(form(body)));
            return answer;
        }
        for (Element version : versions(document)) {
            String key = key(version);
            if (body.contains("Action=CreateLaunchTemplateVersion")) {
                data.put(key, ofData(whole(body)));
            }
            if (deleted.contains(key)) {
                version.getParentNode().removeChild(version);
            } else if (!key.endsWith(":1")) {
                show(document, version, data.getOrDefault(key, Map.of()).get(USER_DATA));
            }
        }
        return text(document);
    }

    /** A request for a version with what its source has and it does not name. */
    private Map<String, String> whole(String body) {
        Map<String, String> form = form(body);
        String source = form.getOrDefault("LaunchTemplateId", "") + ":" + form.getOrDefault("SourceVersion", "");
        Set<String> named =
                ofData(form).keySet().stream().map(TemplateVersions::field).collect(Collectors.toSet());
        data.getOrDefault(source, Map.of()).forEach((name, value) -> {
            if (!named.contains(field(name))) {
                form.put(name, value);
            }
        });
        return form;
    }

    private static String field(String name) {
        return name.split("\\.", -1)[1];
    }

    private static Map<String, String> ofData(Map<String, String> form) {
        return form.entrySet().stream()
                .filter(e -> e.getKey().startsWith(DATA))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<String, String> form(String body) {
        return Stream.of(body.split("&", -1))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(Collectors.toMap(
                        pair -> pair[0],
                        pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8),
                        (a, b) -> b,
                        TreeMap::new));
    }

    private static Iterable<Element> versions(Document document) {
        NodeList numbers = document.getElementsByTagName("versionNumber");
        return IntStream.range(0, numbers.getLength())
                .mapToObj(n -> (Element) numbers.item(n).getParentNode())
                .toList();
    }

    private static String key(Element version) {
        return text(version, "launchTemplateId").orElse("") + ":"
                + text(version, "versionNumber").orElse("");
    }

    private static Optional<String> text(Element of, String name) {
        return Optional.ofNullable(of.getElementsByTagName(name).item(0)).map(Node::getTextContent);
    }

    private static void show(Document document, Element version, @Nullable String userData) {
        if (userData != null) {
            Element shown = document.createElement("userData");
            shown.setTextContent(userData);
            version.getElementsByTagName("launchTemplateData").item(0).appendChild(shown);
        }
    }

    private static Document parse(String xml) {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalArgumentException(xml, e);
        }
    }

    private static String text(Document document) {
        try {
            StringWriter text = new StringWriter();
            TransformerFactory.newDefaultInstance()
                    .newTransformer()
                    .transform(new DOMSource(document), new StreamResult(text));
            return text.toString();
        } catch (TransformerException e) {
            throw new IllegalStateException(e);
        }
    }
}
