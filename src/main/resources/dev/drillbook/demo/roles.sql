-- Whose reports are. Runs as a superuser, after schema.sql.
create role shop_reports nologin;
grant shop_reports to shop;
alter schema reports owner to shop_reports;
alter table reports.daily_sales owner to shop_reports;
