package dev.servicebus.client.admin.atom;

import javax.xml.namespace.QName;

/**
 * Namespaces of the management feed.
 */
final class XmlNames {

	static final String ATOM = "http://www.w3.org/2005/Atom";

	/** Descriptions of entities. */
	static final String CONNECT = "http://schemas.microsoft.com/netservices/2010/10/servicebus/connect";

	static final String SCHEMA = "http://www.w3.org/2001/XMLSchema";

	static final String INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";

	/** Says of which type the content of an element is. */
	static final QName TYPE = new QName(INSTANCE, "type");

	private XmlNames() {
	}

}
