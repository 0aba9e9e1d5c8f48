package dev.servicebus.client.admin.atom;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import dev.servicebus.client.admin.AccessRight;
import dev.servicebus.client.admin.AuthorizationRule;

/**
 * Shared access keys of an entity.
 */
final class AuthorizationRules {

	private static final String NAME = "AuthorizationRules";

	private static final String ACCESS_RIGHTS = "AccessRights";

	private AuthorizationRules() {
	}

	/**
	 * Adds the rules; an update without any removes those that are there.
	 */
	static void write(DescriptionWriter writer, List<AuthorizationRule> rules) {
		if (!rules.isEmpty() || !writer.isCreate()) {
			writer
				.element(XmlElement.of(XmlNames.CONNECT, NAME, rules.stream().map(AuthorizationRules::write).toList()));
		}
	}

	static List<AuthorizationRule> read(XmlElement description) {
		XmlElement rules = description.child(NAME);
		return (rules != null) ? rules.children("AuthorizationRule").stream().map(AuthorizationRules::readRule).toList()
				: List.of();
	}

	private static XmlElement write(AuthorizationRule rule) {
		List<XmlElement> elements = new ArrayList<>();
		elements.add(text("ClaimType", "SharedAccessKey"));
		elements.add(text("ClaimValue", "None"));
		elements.add(XmlElement.of(XmlNames.CONNECT, "Rights",
				EnumSet.copyOf(rule.rights()).stream().map((right) -> text(ACCESS_RIGHTS, right.text())).toList()));
		if (rule.createdAt() != null) {
			elements.add(text("CreatedTime", XmlValues.write(rule.createdAt())));
		}
		if (rule.modifiedAt() != null) {
			elements.add(text("ModifiedTime", XmlValues.write(rule.modifiedAt())));
		}
		elements.add(text("KeyName", rule.keyName()));
		elements.add(text("PrimaryKey", rule.primaryKey()));
		elements.add(text("SecondaryKey", rule.secondaryKey()));
		return XmlElement.of(XmlNames.CONNECT, "AuthorizationRule", elements)
			.withAttribute(XmlNames.TYPE, "SharedAccessAuthorizationRule");
	}

	private static AuthorizationRule readRule(XmlElement element) {
		DescriptionReader reader = new DescriptionReader(element);
		OffsetDateTime createdAt = reader.pastTime("CreatedTime");
		OffsetDateTime modifiedAt = reader.pastTime("ModifiedTime");
		return new AuthorizationRule(reader.text("KeyName", ""), rights(element), reader.text("PrimaryKey", ""),
				reader.text("SecondaryKey", ""), createdAt, modifiedAt);
	}

	private static Set<AccessRight> rights(XmlElement element) {
		Set<AccessRight> rights = EnumSet.noneOf(AccessRight.class);
		XmlElement listed = element.child("Rights");
		if (listed != null) {
			for (XmlElement right : listed.children(ACCESS_RIGHTS)) {
				rights.add(right(right.text().strip()));
			}
		}
		return rights;
	}

	private static AccessRight right(String text) {
		for (AccessRight right : AccessRight.values()) {
			if (right.text().equalsIgnoreCase(text)) {
				return right;
			}
		}
		throw new MalformedDocumentException("'" + text + "' is no right");
	}

	private static XmlElement text(String name, String value) {
		return XmlElement.text(XmlNames.CONNECT, name, value);
	}

}
