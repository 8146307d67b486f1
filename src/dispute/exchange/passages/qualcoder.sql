-- The tables of a QualCoder project (SQLite, database version v5; QualCoder brings it up to date).
CREATE TABLE project (
    databaseversion text, date text, memo text, about text, bookmarkfile integer,
    bookmarkpos integer, codername text
);
CREATE TABLE source (
    id integer primary key, name text, fulltext text, mediapath text, memo text, owner text,
    date text, av_text_id integer, unique(name)
);
CREATE TABLE code_image (
    imid integer primary key, id integer, x1 integer, y1 integer, width integer, height integer,
    cid integer, memo text, date text, owner text, important integer
);
CREATE TABLE code_av (
    avid integer primary key, id integer, pos0 integer, pos1 integer, cid integer, memo text,
    date text, owner text, important integer
);
CREATE TABLE annotation (
    anid integer primary key, fid integer, pos0 integer, pos1 integer, memo text, owner text,
    date text, unique(fid, pos0, pos1, owner)
);
CREATE TABLE attribute_type (
    name text primary key, date text, owner text, memo text, caseOrFile text, valuetype text
);
CREATE TABLE attribute (
    attrid integer primary key, name text, attr_type text, value text, id integer, date text,
    owner text, unique(name, attr_type, id)
);
CREATE TABLE case_text (
    id integer primary key, caseid integer, fid integer, pos0 integer, pos1 integer, owner text,
    date text, memo text
);
CREATE TABLE cases (
    caseid integer primary key, name text, memo text, owner text, date text, unique(name)
);
CREATE TABLE code_cat (
    catid integer primary key, name text, owner text, date text, memo text, supercatid integer,
    unique(name)
);
CREATE TABLE code_text (
    ctid integer primary key, cid integer, fid integer, seltext text, pos0 integer, pos1 integer,
    owner text, date text, memo text, avid integer, important integer,
    unique(cid, fid, pos0, pos1, owner)
);
CREATE TABLE code_name (
    cid integer primary key, name text, memo text, catid integer, owner text, date text,
    color text, unique(name)
);
CREATE TABLE journal (
    jid integer primary key, name text, jentry text, date text, owner text, unique(name)
);
CREATE TABLE stored_sql (title text, description text, grouper text, ssql text, unique(title));
