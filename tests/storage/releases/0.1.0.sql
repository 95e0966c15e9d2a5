BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
CREATE TABLE case_counters (
	tenant TEXT NOT NULL, 
	year INTEGER NOT NULL, 
	last INTEGER NOT NULL, 
	CONSTRAINT pk_case_counters PRIMARY KEY (tenant, year)
);
INSERT INTO "case_counters" VALUES('11111111-2222-3333-4444-555555555555',2026,2);
CREATE TABLE catalogue_versions (
	tenant TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	CONSTRAINT pk_catalogue_versions PRIMARY KEY (tenant)
);
INSERT INTO "catalogue_versions" VALUES('11111111-2222-3333-4444-555555555555',2);
CREATE TABLE channel_cards (
	tenant TEXT NOT NULL, 
	request_id TEXT NOT NULL, 
	conversation_id TEXT NOT NULL, 
	activity_id TEXT NOT NULL, 
	CONSTRAINT pk_channel_cards PRIMARY KEY (tenant, request_id)
);
INSERT INTO "channel_cards" VALUES('11111111-2222-3333-4444-555555555555','draft-1','19:channel','card-1');
CREATE TABLE conversations (
	tenant TEXT NOT NULL, 
	conversation_id TEXT NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	person_id TEXT NOT NULL, 
	service_url TEXT NOT NULL, 
	reference JSON NOT NULL, 
	CONSTRAINT pk_conversations PRIMARY KEY (tenant, conversation_id)
);
INSERT INTO "conversations" VALUES('11111111-2222-3333-4444-555555555555','a:1','personal','lene','https://smba.example/','{"locale": "da-DK"}');
CREATE TABLE inbox (
	tenant TEXT NOT NULL, 
	conversation_id TEXT NOT NULL, 
	activity_id TEXT NOT NULL, 
	handled_at DATETIME NOT NULL, 
	replies JSON, 
	CONSTRAINT pk_inbox PRIMARY KEY (tenant, conversation_id, activity_id)
);
INSERT INTO "inbox" VALUES('11111111-2222-3333-4444-555555555555','a:1','activity-1','2026-11-22 12:17:09.897622','[{"type": "message", "text": "Sendt"}]');
CREATE TABLE offers (
	tenant TEXT NOT NULL, 
	code TEXT NOT NULL, 
	title TEXT NOT NULL, 
	summary TEXT NOT NULL, 
	outcome TEXT NOT NULL, 
	topics JSON NOT NULL, 
	areas JSON NOT NULL, 
	staff_groups JSON NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	length TEXT NOT NULL, 
	price_dkk INTEGER, 
	price_unit VARCHAR(32) NOT NULL, 
	provider TEXT NOT NULL, 
	place TEXT NOT NULL, 
	online BOOLEAN NOT NULL, 
	seats INTEGER, 
	link TEXT NOT NULL, 
	language TEXT NOT NULL, 
	retired BOOLEAN NOT NULL, 
	CONSTRAINT pk_offers PRIMARY KEY (tenant, code)
);
INSERT INTO "offers" VALUES('11111111-2222-3333-4444-555555555555','DEM-01','Demens i hverdagen','En temadag om at møde mennesker med demens.','Du kan se adfærd som kommunikation.','["demens", "adf\u00e6rd"]','["senior"]','["SOSU-assistent"]','theme_day','1 dag',NULL,'team','Kompetencecentret','Vejen',0,20,'','da',0);
INSERT INTO "offers" VALUES('11111111-2222-3333-4444-555555555555','DEM-00','Demens i hverdagen','En temadag om at møde mennesker med demens.','Du kan se adfærd som kommunikation.','["demens", "adf\u00e6rd"]','["senior"]','["SOSU-assistent"]','theme_day','1 dag',NULL,'team','Kompetencecentret','Vejen',0,20,'','da',1);
CREATE TABLE outbox (
	id INTEGER NOT NULL, 
	tenant TEXT NOT NULL, 
	audience TEXT NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	request_id TEXT NOT NULL, 
	dedup_key TEXT NOT NULL, 
	created DATETIME NOT NULL, 
	due DATETIME NOT NULL, 
	expires DATETIME NOT NULL, 
	status VARCHAR(32) NOT NULL, 
	not_before DATETIME NOT NULL, 
	attempts INTEGER NOT NULL, 
	token INTEGER NOT NULL, 
	last_error TEXT NOT NULL, 
	CONSTRAINT pk_outbox PRIMARY KEY (id), 
	CONSTRAINT uq_outbox_tenant_dedup_key UNIQUE (tenant, dedup_key)
);
INSERT INTO "outbox" VALUES(1,'11111111-2222-3333-4444-555555555555','queue','request_card','draft-1','card:draft-1','2026-03-02 09:30:00.049511','2026-03-02 09:30:00.049511','2026-03-16 09:30:00.049511','sent','2026-03-02 09:31:00.071454',1,1,'');
INSERT INTO "outbox" VALUES(2,'11111111-2222-3333-4444-555555555555','queue','request_card','draft-2','card:draft-2','2026-03-02 09:30:00.055536','2026-03-02 09:30:00.055536','2026-03-16 09:30:00.055536','pending','2026-03-02 09:30:00.055536',0,0,'');
CREATE TABLE people (
	id INTEGER NOT NULL, 
	tenant TEXT NOT NULL, 
	entra_id TEXT, 
	email TEXT, 
	name TEXT NOT NULL, 
	role VARCHAR(32) NOT NULL, 
	role_confirmed BOOLEAN NOT NULL, 
	area VARCHAR(32), 
	department TEXT NOT NULL, 
	locale TEXT NOT NULL, 
	CONSTRAINT pk_people PRIMARY KEY (id), 
	CONSTRAINT uq_people_tenant_email UNIQUE (tenant, email), 
	CONSTRAINT uq_people_tenant_entra_id UNIQUE (tenant, entra_id)
);
INSERT INTO "people" VALUES(1,'11111111-2222-3333-4444-555555555555','lene','lene@kommune.example','Lene Leder','leader',1,'senior','Ældrecenter Øst','da');
INSERT INTO "people" VALUES(2,'11111111-2222-3333-4444-555555555555',NULL,'import@kommune.example','Kun importeret','employee',1,NULL,'','');
CREATE TABLE queue_channels (
	tenant TEXT NOT NULL, 
	team_id TEXT NOT NULL, 
	channel_id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	CONSTRAINT pk_queue_channels PRIMARY KEY (tenant)
);
INSERT INTO "queue_channels" VALUES('11111111-2222-3333-4444-555555555555','19:team','19:channel','Kompetencecentret');
CREATE TABLE request_events (
	id INTEGER NOT NULL, 
	tenant TEXT NOT NULL, 
	request_id TEXT NOT NULL, 
	at DATETIME NOT NULL, 
	actor_id TEXT NOT NULL, 
	actor_name TEXT NOT NULL, 
	kind VARCHAR(32) NOT NULL, 
	"before" VARCHAR(32), 
	"after" VARCHAR(32) NOT NULL, 
	detail JSON NOT NULL, 
	CONSTRAINT pk_request_events PRIMARY KEY (id), 
	CONSTRAINT fk_request_events_tenant_request_id_requests FOREIGN KEY(tenant, request_id) REFERENCES requests (tenant, id)
);
INSERT INTO "request_events" VALUES(1,'11111111-2222-3333-4444-555555555555','draft-1','2026-03-02 09:30:00.000000','lene','Lene Leder','filed',NULL,'new','{"from": "chat"}');
INSERT INTO "request_events" VALUES(2,'11111111-2222-3333-4444-555555555555','draft-2','2026-03-02 09:30:00.000000','lene','Lene Leder','filed',NULL,'new','{"from": "chat"}');
CREATE TABLE requests (
	tenant TEXT NOT NULL, 
	id TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	year INTEGER NOT NULL, 
	serial INTEGER NOT NULL, 
	status VARCHAR(32) NOT NULL, 
	kle VARCHAR(32) NOT NULL, 
	requester_id TEXT NOT NULL, 
	requester_name TEXT NOT NULL, 
	requester_confirmed BOOLEAN NOT NULL, 
	filed_at DATETIME NOT NULL, 
	changed_at DATETIME NOT NULL, 
	answer_due DATE NOT NULL, 
	assignee_id TEXT NOT NULL, 
	assignee_name TEXT NOT NULL, 
	need TEXT NOT NULL, 
	topic TEXT NOT NULL, 
	headcount INTEGER, 
	staff_groups JSON NOT NULL, 
	time_words TEXT NOT NULL, 
	earliest DATE, 
	latest DATE, 
	form VARCHAR(32), 
	purpose TEXT NOT NULL, 
	budget_dkk INTEGER, 
	on_behalf_of TEXT NOT NULL, 
	area VARCHAR(32), 
	department TEXT NOT NULL, 
	offer_code TEXT NOT NULL, 
	offer_title TEXT NOT NULL, 
	run_code TEXT NOT NULL, 
	verdict VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_requests PRIMARY KEY (tenant, id), 
	CONSTRAINT uq_requests_tenant_year_serial UNIQUE (tenant, year, serial)
);
INSERT INTO "requests" VALUES('11111111-2222-3333-4444-555555555555','draft-1',1,2026,1,'new','81.39.15','lene','Lene Leder',1,'2026-03-02 09:30:00.000000','2026-03-02 09:30:00.000000','2026-03-09','','','12 SOSU-assistenter skal blive bedre til at møde borgere med demens inden sommer','demens',12,'["SOSU-assistent"]','inden sommer',NULL,'2026-06-01','theme_day','Færre magtanvendelser',NULL,'','senior','Ældrecenter Øst','DEM-01','Demens i hverdagen','DEM-01-F26','sure');
INSERT INTO "requests" VALUES('11111111-2222-3333-4444-555555555555','draft-2',1,2026,2,'withdrawn','81.39.15','lene','Lene Leder',1,'2026-03-02 09:30:00.000000','2026-03-02 09:30:00.000000','2026-03-09','','','12 SOSU-assistenter skal blive bedre til at møde borgere med demens inden sommer','demens',12,'["SOSU-assistent"]','inden sommer',NULL,'2026-06-01','theme_day','Færre magtanvendelser',NULL,'','senior','Ældrecenter Øst','DEM-01','Demens i hverdagen','DEM-01-F26','sure');
CREATE TABLE runs (
	tenant TEXT NOT NULL, 
	code TEXT NOT NULL, 
	offer_code TEXT NOT NULL, 
	starts DATE NOT NULL, 
	ends DATE NOT NULL, 
	place TEXT NOT NULL, 
	online BOOLEAN NOT NULL, 
	seats INTEGER NOT NULL, 
	taken INTEGER NOT NULL, 
	deadline DATE, 
	retired BOOLEAN NOT NULL, 
	CONSTRAINT pk_runs PRIMARY KEY (tenant, code), 
	CONSTRAINT fk_runs_tenant_offer_code_offers FOREIGN KEY(tenant, offer_code) REFERENCES offers (tenant, code)
);
INSERT INTO "runs" VALUES('11111111-2222-3333-4444-555555555555','DEM-01-F26','DEM-01','2026-04-08','2026-04-08','Vejen',0,20,3,NULL,0);
CREATE TABLE states (
	tenant TEXT NOT NULL, 
	conversation_id TEXT NOT NULL, 
	person_id TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	data JSON NOT NULL, 
	CONSTRAINT pk_states PRIMARY KEY (tenant, conversation_id, person_id)
);
INSERT INTO "states" VALUES('11111111-2222-3333-4444-555555555555','a:1','lene',1,'{"stack": [{"dialog": "need", "step": "summary"}]}');
CREATE INDEX ix_conversations_tenant_person_id ON conversations (tenant, person_id);
CREATE INDEX ix_inbox_handled_at ON inbox (handled_at);
CREATE INDEX ix_outbox_not_before_id ON outbox (not_before, id) WHERE status IN ('pending', 'sending', 'waiting');
CREATE INDEX ix_outbox_tenant_audience_due_id ON outbox (tenant, audience, due, id) WHERE status IN ('pending', 'sending', 'waiting');
CREATE INDEX ix_requests_tenant_requester_id_filed_at ON requests (tenant, requester_id, filed_at);
CREATE INDEX ix_requests_tenant_status_filed_at ON requests (tenant, status, filed_at);
CREATE INDEX ix_request_events_tenant_request_id ON request_events (tenant, request_id);
CREATE INDEX ix_runs_tenant_offer_code ON runs (tenant, offer_code);
COMMIT;
